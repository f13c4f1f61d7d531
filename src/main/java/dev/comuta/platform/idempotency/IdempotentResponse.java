package dev.comuta.platform.idempotency;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * How the result of a POST becomes its answer. Under an Idempotency-Key the work is done and answered once: the answer is
 * kept in the transaction of the work, and given again to whoever repeats the request.
 *
 * @param <R> result of the work
 * @param <V> body of the answer
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
     * The work for the transaction door. Fails with {@link IdempotentReplay}, having done nothing, when it was done before;
     * with a problem when the key belongs to another request. While the first request of a key is under way, others wait
     * for its end: when it fails, the next one does the work.
     */
    public <X extends Tx> Function<X, Uni<RestResponse<V>>> of(Function<X, Uni<R>> work) {
        return tx -> keys.take(tx, claim)
                .chain(() -> work.apply(tx))
                .map(answer)
                .call(response -> keys.keep(tx, claim, response));
    }
}
