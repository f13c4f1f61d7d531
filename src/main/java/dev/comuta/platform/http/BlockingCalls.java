package dev.comuta.platform.http;

import dev.comuta.platform.problem.TransientFailure;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Calls of a blocking library, each on its own virtual thread. Each vendor has its own instance, so that a vendor that hangs
 * does not block another.
 */
public final class BlockingCalls {

    private final Semaphore places;

    /** @param limit most calls at the same time; a call that does not end when it is interrupted still counts */
    public BlockingCalls(int limit) {
        this.places = new Semaphore(limit);
    }

    /**
     * Makes one call, once. The result is delivered in the caller's Vert.x context.
     *
     * @param timeLimit the call is interrupted after it
     * @return fails as the call does; with a {@link TransientFailure} at once beyond the limit of calls; and after the time
     *     limit with one that {@linkplain TransientFailure#mayHaveArrived may have arrived}
     */
    public <T> Uni<T> run(Duration timeLimit, Supplier<T> call) {
        return Uni.createFrom().deferred(() -> {
            Executor caller = executor(Vertx.currentContext());
            return start(call)
                    .ifNoItem()
                    .after(timeLimit)
                    .failWith(() -> TransientFailure.unanswered(null))
                    .emitOn(caller);
        });
    }

    private <T> Uni<T> start(Supplier<T> call) {
        return Uni.createFrom().emitter(emitter -> {
            if (!places.tryAcquire()) {
                emitter.fail(new TransientFailure("too many calls in flight"));
                return;
            }
            Thread thread = Thread.ofVirtual().unstarted(() -> perform(call, emitter));
            emitter.onTermination(thread::interrupt);
            thread.start();
        });
    }

    /** Leaves its place before it reports the end, so that the caller can make its next call immediately. */
    private <T> void perform(Supplier<T> call, UniEmitter<? super T> emitter) {
        Runnable report = reportOf(call, emitter);
        places.release();
        report.run();
    }

    private static <T> Runnable reportOf(Supplier<T> call, UniEmitter<? super T> emitter) {
        try {
            T result = call.get();
            return () -> emitter.complete(result);
        } catch (RuntimeException | Error failure) {
            return () -> emitter.fail(failure);
        }
    }

    private static Executor executor(Context context) {
        return context == null ? Runnable::run : work -> context.runOnContext(v -> work.run());
    }
}
