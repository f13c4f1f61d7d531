package dev.comuta.platform.batch;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs one batch at a time. What gathers while a batch is under way goes into the next one, so a lone item starts at once,
 * and under load many items share a batch.
 *
 * <p>Confined to its thread: the owner calls every method there, and keeps there what has gathered.
 *
 * @param <I> an item
 */
public final class Batcher<I> {

    private final Executor thread;
    private final Supplier<List<I>> next;
    private final Function<List<I>, Uni<Runnable>> work;
    private boolean underWay;

    /**
     * Creates an idle batcher.
     *
     * @param thread runs its tasks one after the other
     * @param next removes and returns the next batch from what has gathered; empty when nothing may start now
     * @param work runs a batch, and handles its own failures. The action that it returns runs on the thread, after the next
     *     batch has started
     */
    public Batcher(Executor thread, Supplier<List<I>> next, Function<List<I>, Uni<Runnable>> work) {
        this.thread = thread;
        this.next = next;
        this.work = work;
    }

    /** Whether a batch is under way. */
    public boolean isUnderWay() {
        return underWay;
    }

    /** Starts the next batch, unless one is under way. */
    public void start() {
        List<I> batch = underWay ? List.of() : next.get();
        if (!batch.isEmpty()) {
            underWay = true;
            Uni.createFrom()
                    .deferred(() -> work.apply(batch))
                    .subscribe()
                    .with(
                            after -> thread.execute(() -> ended(after)),
                            failure -> thread.execute(() -> ended(() -> {})));
        }
    }

    private void ended(Runnable after) {
        underWay = false;
        start();
        after.run();
    }
}
