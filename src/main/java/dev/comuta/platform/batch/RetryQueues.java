package dev.comuta.platform.batch;

import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Items that cannot be stored yet, in one queue per key, apart from the items of other keys. Rounds repeat until no item
 * waits. A round tries the queues one after the other, and each queue from its oldest item until one cannot be stored
 * yet. So the order of a key is kept, and all queues together have one transaction at a time.
 *
 * <p>Any thread may call it. The rounds begin on the context.
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

    // guarded by this
    private final Map<K, Deque<Entry<I, R>>> queues = new HashMap<>();
    private int waiting;
    private boolean inRound;
    private boolean closed;

    private record Entry<I, R>(I item, long since, CompletableFuture<R> result) {}

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
    public synchronized boolean contains(K key) {
        return queues.containsKey(key);
    }

    /** Adds an item behind the others of its key, and returns its result when it is stored. */
    public synchronized Uni<R> add(K key, I item) {
        Deque<Entry<I, R>> queue = queues.get(key);
        int ofKey = queue == null ? 0 : queue.size();
        if (closed || waiting >= limits.waiting() || ofKey >= limits.waitingOfOne()) {
            return Uni.createFrom().failure(unavailable());
        }
        Entry<I, R> entry = new Entry<>(item, System.nanoTime(), new CompletableFuture<>());
        queues.computeIfAbsent(key, k -> new ArrayDeque<>()).add(entry);
        waiting++;
        planRound();
        return Uni.createFrom().completionStage(entry.result());
    }

    /** Rejects all items that wait, and new ones. */
    public void close() {
        List<K> keys;
        synchronized (this) {
            closed = true;
            keys = List.copyOf(queues.keySet());
        }
        keys.forEach(this::rejectAll);
    }

    private static Problem unavailable() {
        return Problem.unavailable("another transaction has locked the rows", null);
    }

    private synchronized void planRound() {
        if (!inRound && !queues.isEmpty()) {
            inRound = true;
            context.runOnContext(v -> context.owner().setTimer(PAUSE.toMillis(), timer -> tryAll()));
        }
    }

    private void tryAll() {
        InOrder.each(keys(), this::tryOldest).subscribe().with(done -> endRound(), failure -> endRound());
    }

    private synchronized List<K> keys() {
        return List.copyOf(queues.keySet());
    }

    private synchronized void endRound() {
        inRound = false;
        planRound();
    }

    private Uni<Void> tryOldest(K key) {
        Entry<I, R> oldest = oldest(key);
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

    private synchronized Entry<I, R> oldest(K key) {
        Deque<Entry<I, R>> queue = queues.get(key);
        return queue == null ? null : queue.peek();
    }

    /** Does nothing when the entry was rejected meanwhile. */
    private synchronized void remove(K key, Entry<I, R> entry) {
        Deque<Entry<I, R>> queue = queues.get(key);
        if (queue != null && queue.remove(entry)) {
            waiting--;
            if (queue.isEmpty()) {
                queues.remove(key);
            }
        }
    }

    private Uni<Void> expire(K key, Entry<I, R> oldest) {
        if (System.nanoTime() - oldest.since() > limits.maxWait().toNanos()) {
            rejectAll(key);
        }
        return Uni.createFrom().voidItem();
    }

    private void rejectAll(K key) {
        Deque<Entry<I, R>> rejected;
        synchronized (this) {
            rejected = queues.getOrDefault(key, new ArrayDeque<>());
            queues.remove(key);
            waiting -= rejected.size();
        }
        rejected.forEach(entry -> entry.result().completeExceptionally(unavailable()));
    }
}
