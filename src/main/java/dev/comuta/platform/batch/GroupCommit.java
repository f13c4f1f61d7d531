package dev.comuta.platform.batch;

import dev.comuta.platform.db.DatabaseFailures;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Group commit: many callers share one commit. Items that arrive while a group is being stored go into the next group.
 * A lone item does not wait; an item that arrives soon after a group began waits until the minimum interval has passed.
 * Items are stored in the order of their arrival. When a commit fails for another reason than an outage, its halves are
 * retried in commits of their own, and so on, so that a bad item, or one whose rows are locked, fails alone. When too
 * many items wait, a new one is rejected immediately as unavailable.
 *
 * @param <I> an item
 * @param <R> its result
 */
public final class GroupCommit<I, R> {

    private static final Object NO_OWNER = new Object();

    private final Context context;
    private final Function<List<I>, Uni<List<R>>> partWork;
    private final Limits limits;
    private final Batcher<Entry<I, R>> groups;

    /** Items from other threads that the context has not queued yet. */
    private final Queue<Entry<I, R>> arrived = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean drainRequested = new AtomicBoolean();

    // the fields below are confined to the context
    private final Deque<Entry<I, R>> waiting = new ArrayDeque<>();
    private final Map<Object, Integer> waitingByOwner = new HashMap<>();
    private boolean closed;
    private boolean paused;
    private long begun;

    /** Arrival time of the oldest item without a result, and number of waiting items; other threads read them. */
    private volatile long oldestSince;

    private volatile int length;

    private record Entry<I, R>(I item, Object owner, long since, UniEmitter<? super R> caller) {}

    /**
     * Bounds of the queue and the pace of commits.
     *
     * @param group most items of one commit
     * @param waiting most items that wait
     * @param maxQueuedPerOwner most items that wait for one owner
     * @param maxWait new items are rejected when a whole group waits and the oldest item has waited this long
     * @param minInterval least time between the starts of two groups, unless a whole group waits
     */
    public record Limits(int group, int waiting, int maxQueuedPerOwner, Duration maxWait, Duration minInterval) {

        private static final Duration ANY_AGE = Duration.ofDays(1);

        /** Bounded by number alone. */
        public static Limits of(int group, int waiting) {
            return new Limits(group, waiting, waiting, ANY_AGE, Duration.ZERO);
        }

        /** The same bounds with this least time between the starts of two groups. */
        public Limits atIntervals(Duration interval) {
            return new Limits(group, waiting, maxQueuedPerOwner, maxWait, interval);
        }
    }

    /**
     * Creates an empty group commit.
     *
     * @param context the event loop on which items are queued
     * @param work stores items in one transaction and returns one result for each, in their order
     */
    public GroupCommit(Context context, Function<List<I>, Uni<List<R>>> work, Limits limits) {
        this(context, work, work, limits);
    }

    /**
     * The same with other work for the parts of a group whose commit failed.
     *
     * @param partWork stores items as {@code work} does, but does not wait long for a lock
     */
    public GroupCommit(
            Context context,
            Function<List<I>, Uni<List<R>>> work,
            Function<List<I>, Uni<List<R>>> partWork,
            Limits limits) {
        this.context = context;
        this.partWork = partWork;
        this.limits = limits;
        this.groups = new Batcher<>(
                task -> context.runOnContext(v -> task.run()), this::nextGroup, group -> commit(group, work));
        this.begun = System.nanoTime() - limits.minInterval().toNanos();
    }

    /**
     * Commits an item together with others and returns its result after the commit. Canceling the result does not
     * cancel the commit.
     *
     * @param owner counts against this owner's share of the queue
     */
    public Uni<R> submit(I item, Object owner) {
        return Uni.createFrom().emitter(caller -> {
            arrived.add(new Entry<>(item, owner, System.nanoTime(), caller));
            if (drainRequested.compareAndSet(false, true)) {
                context.runOnContext(v -> drain());
            }
        });
    }

    /** The same for an item without an owner. */
    public Uni<R> submit(I item) {
        return submit(item, NO_OWNER);
    }

    /**
     * Whether the queue is too full or too slow for any item; the share of one owner may be full earlier. An estimate when
     * another thread calls.
     */
    public boolean isOverloaded() {
        return length >= limits.waiting() || (length >= limits.group() && isOld());
    }

    private boolean isOld() {
        return System.nanoTime() - oldestSince > limits.maxWait().toNanos();
    }

    /** How long the running commit has run; zero when none runs. Any thread may call it. */
    public Duration runningFor() {
        return groups.runningFor();
    }

    /** Rejects waiting and new items; a running commit completes. */
    public void close() {
        context.runOnContext(v -> {
            closed = true;
            waiting.forEach(GroupCommit::reject);
            waiting.clear();
            waitingByOwner.clear();
            length = 0;
        });
    }

    private void drain() {
        drainRequested.set(false);
        for (Entry<I, R> entry = arrived.poll(); entry != null; entry = arrived.poll()) {
            enqueue(entry);
        }
        groups.start();
    }

    private void enqueue(Entry<I, R> entry) {
        if (closed || isOverloaded() || waitingByOwner.getOrDefault(entry.owner(), 0) >= limits.maxQueuedPerOwner()) {
            reject(entry);
            return;
        }
        if (!groups.isRunning() && waiting.isEmpty()) {
            oldestSince = entry.since();
        }
        waiting.add(entry);
        waitingByOwner.merge(entry.owner(), 1, Integer::sum);
        length = waiting.size();
    }

    private static <I, R> void reject(Entry<I, R> entry) {
        entry.caller().fail(Problem.unavailable("too many messages are waiting to be stored", null));
    }

    private Entry<I, R> next() {
        Entry<I, R> entry = waiting.remove();
        waitingByOwner.merge(entry.owner(), -1, (count, one) -> count + one == 0 ? null : count + one);
        length = waiting.size();
        return entry;
    }

    private List<Entry<I, R>> nextGroup() {
        if (waiting.isEmpty() || (waiting.size() < limits.group() && pauses())) {
            return List.of();
        }
        begun = System.nanoTime();
        oldestSince = waiting.peek().since();
        List<Entry<I, R>> group = new ArrayList<>();
        while (group.size() < limits.group() && !waiting.isEmpty()) {
            group.add(next());
        }
        return group;
    }

    /** Whether it is too early for the next group; if so, a timer starts it. */
    private boolean pauses() {
        Duration pause = limits.minInterval().minusNanos(System.nanoTime() - begun);
        if (!paused && pause.isPositive()) {
            paused = true;
            context.owner().setTimer(Math.max(1, pause.toMillis()), timer -> {
                paused = false;
                groups.start();
            });
        }
        return paused;
    }

    private Uni<Runnable> commit(List<Entry<I, R>> group, Function<List<I>, Uni<List<R>>> store) {
        List<I> items = group.stream().map(Entry::item).toList();
        return Uni.createFrom()
                .deferred(() -> store.apply(items))
                .map(results -> (Runnable) () -> complete(group, results))
                .onFailure()
                .recoverWithUni(failure -> failed(group, failure));
    }

    private static <I, R> void complete(List<Entry<I, R>> group, List<R> results) {
        for (int i = 0; i < group.size(); i++) {
            group.get(i).caller().complete(results.get(i));
        }
    }

    /** One bad item fails the whole group: the halves are committed in order, until each bad item is alone. */
    private Uni<Runnable> failed(List<Entry<I, R>> group, Throwable failure) {
        return group.size() > 1 && (!Problem.isOutage(failure) || DatabaseFailures.isLockTimeout(failure))
                ? commitHalves(group).replaceWith(() -> {})
                : Uni.createFrom()
                        .item(() -> group.forEach(entry -> entry.caller().fail(failure)));
    }

    private Uni<Void> commitHalves(List<Entry<I, R>> group) {
        int half = group.size() / 2;
        return InOrder.each(List.of(group.subList(0, half), group.subList(half, group.size())), this::commitPart);
    }

    private Uni<Void> commitPart(List<Entry<I, R>> part) {
        return commit(part, partWork).invoke(Runnable::run).replaceWithVoid();
    }
}
