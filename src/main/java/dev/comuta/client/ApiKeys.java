package dev.comuta.client;

import dev.comuta.platform.Page;
import dev.comuta.platform.PageRequest;
import dev.comuta.platform.Secrets;
import dev.comuta.platform.TenantRows;
import dev.comuta.platform.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Issuing and revoking a client's keys. */
@ApplicationScoped
class ApiKeys {

    private static final TenantRows<ApiKey> ROWS = new TenantRows<>(ApiKey.class, "api key");

    private final Transactions transactions;
    private final Secrets secrets;
    private final Clock clock;

    ApiKeys(Transactions transactions, Secrets secrets, Clock clock) {
        this.transactions = transactions;
        this.secrets = secrets;
        this.clock = clock;
    }

    Uni<NewApiKey> issue(long clientId, ApiKeyFields fields) {
        KeyText key = KeyText.random();
        ApiKey row =
                new ApiKey(clientId, fields.name(), key.prefix(), secrets.fingerprint(key.text()), clock.instant());
        return transactions.inTenant(clientId, tx -> tx.session().persist(row)).map(persisted -> row.issued(key));
    }

    Uni<Page<ApiKeyView>> list(long clientId, PageRequest page) {
        return transactions
                .inTenant(clientId, tx -> ROWS.of(clientId)
                        .page(tx, page, key -> key.view().apiKeyId()))
                .map(keys -> keys.map(ApiKey::view));
    }

    Uni<ApiKeyView> get(long clientId, long apiKeyId) {
        return transactions
                .inTenant(clientId, tx -> ROWS.get(tx, clientId, apiKeyId))
                .map(ApiKey::view);
    }

    Uni<Void> revoke(long clientId, long apiKeyId) {
        return transactions
                .inTenant(clientId, tx -> ROWS.lock(tx, clientId, apiKeyId).map(key -> key.revoke(clock.instant())))
                .replaceWithVoid();
    }
}
