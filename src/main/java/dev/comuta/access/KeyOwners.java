package dev.comuta.access;

import dev.comuta.platform.db.CoalescingCache;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.secret.Secrets;
import dev.comuta.platform.security.Caller;
import dev.comuta.platform.security.KeyCheck;
import dev.comuta.platform.security.KeyLookup;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Role;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the caller of an API key. Results are cached for 900 ms, so a revoked key is rejected within a second. */
@ApplicationScoped
class KeyOwners implements KeyLookup, KeyCheck {

    private static final String FIND = "select * from comuta_caller($1)";

    private static final String VALID = "select * from comuta_valid_keys($1)";

    private final Transactions transactions;
    private final Secrets secrets;
    private final KeyUses uses;
    private final Cache callers;

    KeyOwners(Transactions transactions, Secrets secrets, KeyUses uses, @CacheName("api-keys") Cache callers) {
        this.transactions = transactions;
        this.secrets = secrets;
        this.uses = uses;
        this.callers = callers;
    }

    @Override
    public Uni<Optional<Caller>> callerOf(String presentedKey) {
        if (!new KeyText(presentedKey).isIssued(secrets::fingerprint)) {
            return Uni.createFrom().item(Optional.empty());
        }
        byte[] fingerprint = secrets.fingerprint(presentedKey);
        return CoalescingCache.in(callers, HexFormat.of().formatHex(fingerprint), known -> lookUp(fingerprint))
                .invoke(found -> found.ifPresent(caller -> uses.recordUse(caller.keyId())));
    }

    @Override
    public Uni<Set<Long>> stillAllowed(Permission permission, Set<Long> keyIds) {
        return transactions
                .statementsAsPlatform(
                        PlatformReason.AUTHENTICATION,
                        tx -> tx.list(VALID, KeyOwners::caller, (Object) keyIds.toArray(Long[]::new)))
                .map(callers -> callers.stream()
                        .flatMap(Optional::stream)
                        .filter(caller -> caller.may(permission))
                        .map(Caller::keyId)
                        .collect(Collectors.toSet()));
    }

    private Uni<Optional<Caller>> lookUp(byte[] fingerprint) {
        return transactions
                .statementsAsPlatform(
                        PlatformReason.AUTHENTICATION,
                        tx -> tx.find(FIND, KeyOwners::caller, Buffer.buffer(fingerprint)))
                .map(caller -> caller == null ? Optional.empty() : caller);
    }

    /** The caller of a row; empty when this version does not know the role. */
    private static Optional<Caller> caller(Row row) {
        String scopes = row.getString("scopes");
        return Role.of(row.getString("role"))
                .map(role -> new Caller(
                        role,
                        row.getLong("client_id"),
                        row.getLong("user_id"),
                        row.getLong("api_key_id"),
                        scopes == null ? Permission.allOf(role) : ApiKey.permissions(scopes)));
    }
}
