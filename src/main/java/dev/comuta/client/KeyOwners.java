package dev.comuta.client;

import dev.comuta.platform.Caller;
import dev.comuta.platform.KeyLookup;
import dev.comuta.platform.PlatformReason;
import dev.comuta.platform.Role;
import dev.comuta.platform.Secrets;
import dev.comuta.platform.Transactions;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Finds who calls with a key. An answer is kept for a moment, so a revoked key is out of force within a second. */
@ApplicationScoped
class KeyOwners implements KeyLookup {

    private static final String OWNER = """
            select k.ApiKeyID, k.ClientID from ApiKeys k join Clients c on c.ClientID = k.ClientID
            where k.KeyHash = $1 and k.RevokedAt is null and (k.ExpiresAt is null or k.ExpiresAt > now())
              and c.Status = 'Ativo'""";

    private final Transactions transactions;
    private final Secrets secrets;
    private final Cache owners;

    KeyOwners(Transactions transactions, Secrets secrets, @CacheName("api-keys") Cache owners) {
        this.transactions = transactions;
        this.secrets = secrets;
        this.owners = owners;
    }

    @Override
    public Uni<Optional<Caller>> callerOf(String presentedKey) {
        if (!new KeyText(presentedKey).isWellFormed()) {
            return Uni.createFrom().item(Optional.empty());
        }
        byte[] fingerprint = secrets.fingerprint(presentedKey);
        return owners.getAsync(HexFormat.of().formatHex(fingerprint), known -> lookUp(fingerprint));
    }

    private Uni<Optional<Caller>> lookUp(byte[] fingerprint) {
        return transactions
                .statementsAsPlatform(PlatformReason.AUTHENTICATION, tx -> tx.sql(OWNER, Buffer.buffer(fingerprint)))
                .map(KeyOwners::first);
    }

    private static Optional<Caller> first(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .findFirst()
                .map(row -> new Caller(Role.ADMINISTRATOR, row.getLong("clientid"), null, row.getLong("apikeyid")));
    }
}
