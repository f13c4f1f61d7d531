package dev.comuta.assistant.expression;

import dev.comuta.platform.http.BlockingCalls;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Evaluates expressions of clients on virtual threads, within a time limit. The types of this package bound each step,
 * and loops over many expressions end when their thread is interrupted.
 */
public final class Evaluation {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Tasks and try-outs, which evaluate, are limited elsewhere. */
    private static final BlockingCalls CALLS = new BlockingCalls(Integer.MAX_VALUE);

    private Evaluation() {}

    /** The result of {@code work}. Fails with a {@link PermanentFailure} after the time limit, and interrupts the work. */
    public static <T> Uni<T> of(Supplier<T> work) {
        return of(LIMIT, work);
    }

    static <T> Uni<T> of(Duration limit, Supplier<T> work) {
        return CALLS.run(limit, work)
                .onFailure(TransientFailure.class)
                .transform(late -> new PermanentFailure("the expressions of the configuration take too long", late));
    }

    /** Fails on an event loop. Every expression checks it, so that a caller cannot forget {@link #of}. */
    static void requireOffEventLoop() {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("an expression of a client is evaluated on an event loop");
        }
    }
}
