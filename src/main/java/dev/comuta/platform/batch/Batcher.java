package dev.comuta.platform.batch;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs one batch at a time. Items that arrive while a batch runs go into the next one, so a lone item starts
 * immediately, and under load many items share a batch.
 *
 * <p>Confined to its thread: the owner calls every method there, and queues its items there.
 *
 * @param <I> an item
 */
public final class Batcher<I> {

    private final Executor thread;
    private final Supplier<List<I>> next;
    private final Function<List<I>, Uni<Runnable>> work;
    private volatile boolean running;
    private volatile long begun;

    /**
     * Creates an idle batcher.
     *
     * @param thread runs its tasks one after the other
     * @param next removes and returns the next batch from the owner's queue; empty when no batch may start now
     * @param work runs a batch, and handles its own failures. The action that it returns runs on the thread, after the
     *     next batch has started
     */
    public Batcher(Executor thread, Supplier<List<I>> next, Function<List<I>, Uni<Runnable>> work) {
        this.thread = thread;
        this.next = next;
        this.work = work;
    }

    /** Whether a batch is running. */
    public boolean isRunning() {
        return running;
    }

    /** How long the running batch has run; zero when none runs. Any thread may call it. */
    public Duration runningFor() {
        return running ? Duration.ofNanos(System.nanoTime() - begun) : Duration.ZERO;
    }

    /** Starts the next batch, unless one is running. */
    public void start() {
        List<I> batch = running ? List.of() : next.get();
        if (!batch.isEmpty()) {
            begun = System.nanoTime();
            running = true;
            Uni.createFrom()
                    .deferred(() -> work.apply(batch))
                    .subscribe()
                    .with(
                            after -> thread.execute(() -> ended(after)),
                            failure -> thread.execute(() -> ended(() -> {})));
        }
    }

    private void ended(Runnable after) {
        running = false;
        start();
        after.run();
    }
}
