package dev.comuta.assistant.expression;

import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Evaluates expressions of clients on a few threads that the clients share evenly. The types of this package bound each
 * expression and count their {@link Steps}, so that every evaluation ends.
 */
public final class Evaluation {

    /** The client of an expression that the platform wrote. */
    public static final long PLATFORM = 0;

    private static final EvaluationPool POOL = new EvaluationPool(new EvaluationPool.Bounds(
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            64,
            1_000,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10)));

    private Evaluation() {}

    /**
     * The result of {@code work}. Fails with a {@link PermanentFailure} when the work takes too many steps, and with a
     * {@link TransientFailure} when too many evaluations wait or the machine is too slow.
     */
    public static <T> Uni<T> of(long clientId, Supplier<T> work) {
        return of(POOL, clientId, work);
    }

    static <T> Uni<T> of(EvaluationPool pool, long clientId, Supplier<T> work) {
        return pool.run(clientId, work)
                .onFailure(Steps.TooMany.class)
                .transform(
                        tooMany -> new PermanentFailure("the expressions of the configuration take too long", tooMany));
    }

    /** Fails on an event loop. Every expression checks it, so that a caller cannot forget {@link #of}. */
    static void requireOffEventLoop() {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("an expression of a client is evaluated on an event loop");
        }
    }
}
