package dev.comuta.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.Changes;
import dev.comuta.platform.rest.Listing;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.rest.Replacement;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.secret.Secrets;
import dev.comuta.platform.security.Caller;
import dev.comuta.quota.Limit;
import dev.comuta.quota.Quotas;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/** Creates, rotates and revokes API keys of a client, or of the platform when the client id is null. */
@ApplicationScoped
class ApiKeys {

    private final Transactions transactions;
    private final Changes changes;
    private final Secrets secrets;
    private final Quotas quotas;

    ApiKeys(Transactions transactions, Changes changes, Secrets secrets, Quotas quotas) {
        this.transactions = transactions;
        this.changes = changes;
        this.secrets = secrets;
        this.quotas = quotas;
    }

    /** Creates a key. Fails with a problem when it would have more permissions than the caller. */
    <V> Uni<RestResponse<V>> issue(
            Caller caller, Long clientId, NewKeyFields fields, IdempotentResponse<NewApiKey, V> once) {
        return inTenantOrPlatform(clientId, once.of(tx -> requireRoom(tx, clientId)
                .chain(tx::now)
                .chain(now -> persist(tx, new ApiKey(clientId, fields, now).requireWithin(caller)))));
    }

    /** The number of platform keys is not limited. A rotation does not check the limit. */
    private Uni<Void> requireRoom(EntityTx tx, Long clientId) {
        return clientId == null ? Uni.createFrom().voidItem() : quotas.requireRoom(tx, clientId, Limit.API_KEYS);
    }

    /**
     * Replaces a key; both keys are valid during the overlap. Fails with a conflict when the key is expired, revoked or
     * already replaced.
     */
    <V> Uni<RestResponse<V>> rotate(
            Caller caller, ApiKeyRef ref, Replacement rotation, IdempotentResponse<NewApiKey, V> once) {
        return inTenantOrPlatform(ref.clientId(), once.of(tx -> lock(tx, ref)
                .map(key -> key.requireWithin(caller))
                .chain(key -> tx.now().chain(now -> replace(tx, key, now, rotation.overlap())))));
    }

    private Uni<NewApiKey> replace(EntityTx tx, ApiKey key, Instant now, int overlapSeconds) {
        ApiKey successor = key.successor(now);
        return persist(tx, successor).invoke(issued -> key.replace(successor, now.plusSeconds(overlapSeconds)));
    }

    private Uni<NewApiKey> persist(EntityTx tx, ApiKey key) {
        KeyText text = KeyText.random(secrets::fingerprint);
        return tx.session()
                .persist(key.assign(text, secrets.fingerprint(text.text())))
                .map(persisted -> key.issued(text));
    }

    Uni<Page<ApiKeyView>> list(Long clientId, PageRequest page) {
        return inTenantOrPlatform(clientId, tx -> rows(clientId)
                        .page(tx, page, key -> key.view().body().apiKeyId()))
                .map(keys -> keys.map(key -> key.view().body()));
    }

    Uni<Revision<ApiKeyView>> get(ApiKeyRef ref) {
        return inTenantOrPlatform(ref.clientId(), tx -> found(of(ref).single(tx)))
                .map(ApiKey::view);
    }

    Uni<Revision<ApiKeyView>> rename(ApiKeyRef ref, ObjectNode patch, String ifMatch) {
        return inTenantOrPlatform(ref.clientId(), tx -> lock(tx, ref)
                        .map(key -> key.rename(
                                changes.merged(key.fields().require(ifMatch).body(), patch)))
                        .call(() -> tx.session().flush()))
                .map(ApiKey::view);
    }

    Uni<Void> revoke(ApiKeyRef ref) {
        return inTenantOrPlatform(
                        ref.clientId(), tx -> lock(tx, ref).call(key -> tx.now().map(key::revoke)))
                .replaceWithVoid();
    }

    private <T> Uni<T> inTenantOrPlatform(Long clientId, Function<EntityTx, Uni<T>> work) {
        return clientId == null
                ? transactions.asPlatform(PlatformReason.PLATFORM_API, work)
                : transactions.inTenant(clientId, work);
    }

    private static Listing<ApiKey> rows(Long clientId) {
        return Listing.of(ApiKey.class).with("clientId", clientId).withNull("clientId", clientId == null ? true : null);
    }

    private static Listing<ApiKey> of(ApiKeyRef ref) {
        return rows(ref.clientId()).with("id", ref.apiKeyId());
    }

    private static Uni<ApiKey> lock(EntityTx tx, ApiKeyRef ref) {
        return found(of(ref).lock(tx));
    }

    private static Uni<ApiKey> found(Uni<ApiKey> key) {
        return key.onItem().ifNull().failWith(() -> Problem.notFound("API key"));
    }
}
