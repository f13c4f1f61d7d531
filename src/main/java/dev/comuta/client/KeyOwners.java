package dev.comuta.client;

import dev.comuta.platform.KeyLookup;
import dev.comuta.platform.PlatformReason;
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
import java.util.OptionalLong;

/** Finds the client that a key belongs to. An answer is kept for a second, so a revoked key is out of force after that. */
@ApplicationScoped
class KeyOwners implements KeyLookup {

    private static final String OWNER = """
            select k.ClientID from ApiKeys k join Clients c on c.ClientID = k.ClientID
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
    public Uni<OptionalLong> clientOf(String presentedKey) {
        if (!new KeyText(presentedKey).isWellFormed()) {
            return Uni.createFrom().item(OptionalLong.empty());
        }
        byte[] fingerprint = secrets.fingerprint(presentedKey);
        return owners.getAsync(HexFormat.of().formatHex(fingerprint), known -> lookUp(fingerprint));
    }

    private Uni<OptionalLong> lookUp(byte[] fingerprint) {
        return transactions
                .statementsAsPlatform(PlatformReason.AUTHENTICATION, tx -> tx.sql(OWNER, Buffer.buffer(fingerprint)))
                .map(KeyOwners::first);
    }

    private static OptionalLong first(RowSet<Row> rows) {
        return rows.size() == 0
                ? OptionalLong.empty()
                : OptionalLong.of(rows.iterator().next().getLong(0));
    }
}
