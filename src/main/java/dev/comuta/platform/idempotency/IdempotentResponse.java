package dev.comuta.platform.idempotency;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Maps the result of a POST to its response. Under an Idempotency-Key the work is done once: the response is stored in
 * the transaction of the work, and a repeated request gets the stored response.
 *
 * @param <R> result of the work
 * @param <V> body of the response
 */
public final class IdempotentResponse<R, V> {

    private final IdempotencyKeys keys;
    private final IdempotencyKeys.Claim claim;
    private final Function<R, RestResponse<V>> answer;

    IdempotentResponse(IdempotencyKeys keys, IdempotencyKeys.Claim claim, Function<R, RestResponse<V>> answer) {
        this.keys = keys;
        this.claim = claim;
        this.answer = answer;
    }

    /**
     * Looks for the response of an earlier request before work that is done outside a transaction; its result is then
     * stored by {@link #of}. Fails with {@link IdempotentReplay} when the request has succeeded before, and with a problem
     * when the key belongs to another request.
     */
    public Uni<Void> requireNew(Tx tx) {
        return keys.requireNew(tx, claim);
    }

    /**
     * The work for {@link dev.comuta.platform.db.Transactions}. Fails with {@link IdempotentReplay}, and does nothing,
     * when the request has succeeded before, and with a problem when the key belongs to another request. Requests with
     * the key of a running request wait for its end; when it fails, the next one does the work.
     */
    public <X extends Tx> Function<X, Uni<RestResponse<V>>> of(Function<X, Uni<R>> work) {
        return tx -> keys.claim(tx, claim)
                .chain(() -> work.apply(tx))
                .map(answer)
                .call(response -> keys.store(tx, claim, response));
    }
}
