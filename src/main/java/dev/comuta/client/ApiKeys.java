package dev.comuta.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.Changes;
import dev.comuta.platform.Once;
import dev.comuta.platform.Page;
import dev.comuta.platform.PageRequest;
import dev.comuta.platform.Revision;
import dev.comuta.platform.Secrets;
import dev.comuta.platform.TenantRows;
import dev.comuta.platform.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jboss.resteasy.reactive.RestResponse;

/** Issuing and revoking a client's keys. */
@ApplicationScoped
class ApiKeys {

    private static final TenantRows<ApiKey> ROWS = new TenantRows<>(ApiKey.class, "api key");

    private final Transactions transactions;
    private final Changes changes;
    private final Secrets secrets;
    private final Clock clock;

    ApiKeys(Transactions transactions, Changes changes, Secrets secrets, Clock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.secrets = secrets;
        this.clock = clock;
    }

    <V> Uni<RestResponse<V>> issue(long clientId, ApiKeyFields fields, Once<NewApiKey, V> once) {
        KeyText key = KeyText.random();
        ApiKey row =
                new ApiKey(clientId, fields.name(), key.prefix(), secrets.fingerprint(key.text()), clock.instant());
        return transactions.inTenant(
                clientId, once.of(tx -> tx.session().persist(row).map(persisted -> row.issued(key))));
    }

    Uni<Page<ApiKeyView>> list(long clientId, PageRequest page) {
        return transactions
                .inTenant(clientId, tx -> ROWS.of(clientId)
                        .page(tx, page, key -> key.view().body().apiKeyId()))
                .map(keys -> keys.map(key -> key.view().body()));
    }

    Uni<Revision<ApiKeyView>> get(long clientId, long apiKeyId) {
        return transactions
                .inTenant(clientId, tx -> ROWS.get(tx, clientId, apiKeyId))
                .map(ApiKey::view);
    }

    Uni<Revision<ApiKeyView>> rename(long clientId, long apiKeyId, ObjectNode patch, String ifMatch) {
        return transactions
                .inTenant(clientId, tx -> ROWS.get(tx, clientId, apiKeyId)
                        .map(key -> key.rename(
                                changes.merged(key.fields().require(ifMatch).body(), patch)))
                        .call(() -> tx.session().flush()))
                .map(ApiKey::view);
    }

    Uni<Void> revoke(long clientId, long apiKeyId) {
        return transactions
                .inTenant(clientId, tx -> ROWS.lock(tx, clientId, apiKeyId).map(key -> key.revoke(clock.instant())))
                .replaceWithVoid();
    }
}
