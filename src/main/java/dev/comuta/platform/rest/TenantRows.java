package dev.comuta.platform.rest;

import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.problem.Problem;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/**
 * Finds rows of one entity. The tenant is part of every statement, in addition to row-level security. The entity has an
 * attribute {@code clientId}.
 *
 * @param entity the entity's class
 * @param noun the entity's name in the API, for "… not found"
 */
public record TenantRows<E>(Class<E> entity, String noun) {

    /** The row with this id. Fails with a problem when the tenant has no such row. */
    public Uni<E> get(EntityTx tx, long clientId, long id) {
        return getBy(tx, clientId, Map.of("id", id));
    }

    /** The same row, locked until the end of the transaction, which serializes changes. */
    public Uni<E> lock(EntityTx tx, long clientId, long id) {
        return lockBy(tx, clientId, Map.of("id", id));
    }

    /** Like {@link #getBy}, locked until the end of the transaction. */
    public Uni<E> lockBy(EntityTx tx, long clientId, Map<String, ?> attributes) {
        return found(Listing.of(entity)
                .with("clientId", clientId)
                .withAll(attributes)
                .lock(tx));
    }

    /** The only row with these attributes ({@code id} is the identifier). Fails with a problem when there is none. */
    public Uni<E> getBy(EntityTx tx, long clientId, Map<String, ?> attributes) {
        return found(Listing.of(entity)
                .with("clientId", clientId)
                .withAll(attributes)
                .single(tx));
    }

    private Uni<E> found(Uni<E> row) {
        return row.onItem().ifNull().failWith(() -> Problem.notFound(noun));
    }

    /** A list of the tenant's rows, to which filters can be added. */
    public Listing<E> of(long clientId) {
        return Listing.of(entity).with("clientId", clientId);
    }
}
