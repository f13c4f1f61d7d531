package dev.comuta.platform.batch;

import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Items that cannot be stored yet, in one queue per key, apart from the items of other keys. Rounds repeat until no item
 * waits. A round tries the queues one after the other, and each queue from its oldest item until one cannot be stored
 * yet. So the order of a key is kept, and all queues together have one transaction at a time.
 *
 * <p>Any thread may call it.
 *
 * @param <K> a key
 * @param <I> an item
 * @param <R> the result of an item
 */
public final class RetryQueues<K, I, R> {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Context context;
    private final Function<I, Uni<R>> work;
    private final Predicate<Throwable> passes;
    private final Limits limits;

    /** The waiting items by key. A queue changes only while its entry of the map is computed. */
    private final ConcurrentMap<K, Queue<Entry<I, R>>> queues = new ConcurrentHashMap<>();

    private final AtomicBoolean inRound = new AtomicBoolean();
    private volatile boolean closed;

    private record Entry<I, R>(I item, long since, CompletableFuture<R> result) {

        void reject() {
            result.completeExceptionally(Problem.unavailable("another transaction has locked the rows", null));
        }
    }

    /**
     * Bounds. Beyond them items are rejected as unavailable.
     *
     * @param waiting most items of all keys
     * @param waitingOfOne most items of one key
     * @param maxWait when the oldest item of a key has waited this long, all items of the key are rejected, because a
     *     younger one must not be stored before it
     */
    public record Limits(int waiting, int waitingOfOne, Duration maxWait) {}

    /**
     * Creates empty queues.
     *
     * @param work stores an item, or fails soon
     * @param passes whether an item that failed so is retried; an item that fails otherwise leaves its queue
     */
    public RetryQueues(Context context, Function<I, Uni<R>> work, Predicate<Throwable> passes, Limits limits) {
        this.context = context;
        this.work = work;
        this.passes = passes;
        this.limits = limits;
    }

    /** Whether items of the key wait. A younger item of the key must then be added behind them. */
    public boolean contains(K key) {
        return queues.containsKey(key);
    }

    /** Adds an item behind the others of its key, and returns its result when it is stored. */
    public Uni<R> add(K key, I item) {
        Entry<I, R> entry = new Entry<>(item, System.nanoTime(), new CompletableFuture<>());
        if (closed || waiting() >= limits.waiting()) {
            entry.reject();
        } else {
            queues.compute(key, (k, queue) -> append(queue, entry));
            planRound();
        }
        return Uni.createFrom().completionStage(entry.result());
    }

    private Queue<Entry<I, R>> append(Queue<Entry<I, R>> queue, Entry<I, R> entry) {
        Queue<Entry<I, R>> appended = queue == null ? new ConcurrentLinkedQueue<>() : queue;
        if (appended.size() < limits.waitingOfOne()) {
            appended.add(entry);
        } else {
            entry.reject();
        }
        return appended;
    }

    private int waiting() {
        return queues.values().stream().mapToInt(Queue::size).sum();
    }

    /** Rejects all items that wait, and new ones. */
    public void close() {
        closed = true;
        queues.keySet().forEach(this::rejectAll);
    }

    private void planRound() {
        if (!queues.isEmpty() && inRound.compareAndSet(false, true)) {
            context.runOnContext(v -> context.owner().setTimer(PAUSE.toMillis(), timer -> tryAll()));
        }
    }

    private void tryAll() {
        InOrder.each(List.copyOf(queues.keySet()), this::tryOldest)
                .subscribe()
                .with(done -> endRound(), failure -> endRound());
    }

    private void endRound() {
        inRound.set(false);
        planRound();
    }

    private Uni<Void> tryOldest(K key) {
        Queue<Entry<I, R>> queue = queues.get(key);
        Entry<I, R> oldest = queue == null ? null : queue.peek();
        if (oldest == null) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .deferred(() -> work.apply(oldest.item()))
                .onItemOrFailure()
                .transformToUni((result, failure) -> failure != null && passes.test(failure)
                        ? expire(key, oldest)
                        : end(key, oldest, result, failure));
    }

    private Uni<Void> end(K key, Entry<I, R> entry, R result, Throwable failure) {
        remove(key, entry);
        if (failure == null) {
            entry.result().complete(result);
        } else {
            entry.result().completeExceptionally(failure);
        }
        return tryOldest(key);
    }

    /** Does nothing when the entry was rejected meanwhile. */
    private void remove(K key, Entry<I, R> entry) {
        queues.computeIfPresent(key, (k, queue) -> {
            queue.remove(entry);
            return queue.isEmpty() ? null : queue;
        });
    }

    private Uni<Void> expire(K key, Entry<I, R> oldest) {
        if (System.nanoTime() - oldest.since() > limits.maxWait().toNanos()) {
            rejectAll(key);
        }
        return Uni.createFrom().voidItem();
    }

    private void rejectAll(K key) {
        Queue<Entry<I, R>> rejected = queues.remove(key);
        if (rejected != null) {
            rejected.forEach(Entry::reject);
        }
    }
}
