package dev.comuta.platform.batch;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
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
 * One commit for many callers. While one group is stored, what arrives waits and goes together into the next, so the
 * busier it is the more share one commit. A lone caller does not wait; who comes soon after a group began waits until the
 * minInterval allows the next one. Items are stored in the order in which they came. When a commit fails for another reason than
 * an outage, its items are tried again one by one, so that a bad one fails alone. Who comes when the line is too long is
 * refused at once, as unavailable.
 *
 * @param <I> an item
 * @param <R> what becomes of it
 */
public final class GroupCommit<I, R> {

    private static final Object NOBODY = new Object();

    private final Context context;
    private final Function<List<I>, Uni<List<R>>> work;
    private final Limits limits;

    /** What other threads handed over and the line has not yet looked at. */
    private final Queue<Entry<I, R>> arrived = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean called = new AtomicBoolean();

    // the rest belongs to the context
    private final Deque<Entry<I, R>> waiting = new ArrayDeque<>();
    private final Map<Object, Integer> waitingByOwner = new HashMap<>();
    private boolean underWay;
    private boolean closed;
    private boolean paused;
    private long begun;

    /** Since when the oldest item of the newest group is unanswered, and how many wait; read by other threads. */
    private volatile long oldestSince;

    private volatile int length;

    private record Entry<I, R>(I item, Object owner, long since, UniEmitter<? super R> caller) {}

    /**
     * How long a line may become, and how fast it goes.
     *
     * @param group most items of one commit
     * @param waiting most items that wait
     * @param maxQueuedPerOwner most items that wait for one owner, so that one does not take all places
     * @param maxWait the line is too long when a whole group waits and the oldest item has been unanswered for this long
     * @param minInterval least time from the beginning of one group to that of the next, unless a whole group waits
     */
    public record Limits(int group, int waiting, int maxQueuedPerOwner, Duration maxWait, Duration minInterval) {

        private static final Duration ANY_AGE = Duration.ofDays(1);

        /** Bounded by number alone. */
        public static Limits of(int group, int waiting) {
            return new Limits(group, waiting, waiting, ANY_AGE, Duration.ZERO);
        }
    }

    /**
     * Prepares a line of commits.
     *
     * @param context the event loop on which the line is kept
     * @param work stores items in one transaction and answers one result each, in their order
     */
    public GroupCommit(Context context, Function<List<I>, Uni<List<R>>> work, Limits limits) {
        this.context = context;
        this.work = work;
        this.limits = limits;
        this.begun = System.nanoTime() - limits.minInterval().toNanos();
    }

    /**
     * Commits an item with others. When the answer is there it is committed; a caller that gives up does not undo it.
     *
     * @param owner whose places in the line it takes
     */
    public Uni<R> submit(I item, Object owner) {
        return Uni.createFrom().emitter(caller -> {
            arrived.add(new Entry<>(item, owner, System.nanoTime(), caller));
            if (called.compareAndSet(false, true)) {
                context.runOnContext(v -> drain());
            }
        });
    }

    /** The same for an item that nobody in particular owns. */
    public Uni<R> submit(I item) {
        return submit(item, NOBODY);
    }

    /** Whether who came now would be refused, as far as can be told without asking the line. */
    public boolean isOverloaded() {
        return length >= limits.waiting() || (length >= limits.group() && isOld());
    }

    private boolean isOld() {
        return System.nanoTime() - oldestSince > limits.maxWait().toNanos();
    }

    /** Takes in nothing more: what waits is refused, what is under way runs to its end. */
    public void close() {
        context.runOnContext(v -> {
            closed = true;
            waiting.forEach(GroupCommit::refuse);
            waiting.clear();
            waitingByOwner.clear();
            length = 0;
        });
    }

    private void drain() {
        called.set(false);
        for (Entry<I, R> entry = arrived.poll(); entry != null; entry = arrived.poll()) {
            enqueue(entry);
        }
        commitNext();
    }

    private void enqueue(Entry<I, R> entry) {
        if (closed || isOverloaded() || waitingByOwner.getOrDefault(entry.owner(), 0) >= limits.maxQueuedPerOwner()) {
            refuse(entry);
            return;
        }
        if (!underWay && waiting.isEmpty()) {
            oldestSince = entry.since();
        }
        waiting.add(entry);
        waitingByOwner.merge(entry.owner(), 1, Integer::sum);
        length = waiting.size();
    }

    private static <I, R> void refuse(Entry<I, R> entry) {
        entry.caller().fail(Problem.unavailable("too many messages wait to be stored", null));
    }

    private Entry<I, R> next() {
        Entry<I, R> entry = waiting.remove();
        waitingByOwner.merge(entry.owner(), -1, (count, one) -> count + one == 0 ? null : count + one);
        length = waiting.size();
        return entry;
    }

    private void commitNext() {
        if (underWay || waiting.isEmpty() || (waiting.size() < limits.group() && pauses())) {
            return;
        }
        begun = System.nanoTime();
        underWay = true;
        oldestSince = waiting.peek().since();
        List<Entry<I, R>> group = new ArrayList<>();
        while (group.size() < limits.group() && !waiting.isEmpty()) {
            group.add(next());
        }
        commit(group);
    }

    /** Whether it is too early for the next group; then it begins when it is time. */
    private boolean pauses() {
        Duration pause = limits.minInterval().minusNanos(System.nanoTime() - begun);
        if (!paused && pause.isPositive()) {
            paused = true;
            context.owner().setTimer(Math.max(1, pause.toMillis()), timer -> {
                paused = false;
                commitNext();
            });
        }
        return paused;
    }

    private void commit(List<Entry<I, R>> group) {
        List<I> items = group.stream().map(Entry::item).toList();
        Uni.createFrom()
                .deferred(() -> work.apply(items))
                .subscribe()
                .with(
                        results -> context.runOnContext(v -> committed(group, results)),
                        failure -> context.runOnContext(v -> failed(group, failure)));
    }

    private void ended() {
        underWay = false;
        commitNext();
    }

    private void committed(List<Entry<I, R>> group, List<R> results) {
        ended();
        for (int i = 0; i < group.size(); i++) {
            group.get(i).caller().complete(results.get(i));
        }
    }

    private void failed(List<Entry<I, R>> group, Throwable failure) {
        if (group.size() > 1 && !isOutage(failure)) {
            commitAlone(group, 0);
        } else {
            group.forEach(entry -> entry.caller().fail(failure));
            ended();
        }
    }

    /** Each in a commit of its own, in their order. */
    private void commitAlone(List<Entry<I, R>> group, int place) {
        if (place == group.size()) {
            ended();
            return;
        }
        Entry<I, R> entry = group.get(place);
        Uni.createFrom()
                .deferred(() -> work.apply(List.of(entry.item())))
                .onItemOrFailure()
                .invoke((results, failure) -> answer(entry, results, failure))
                .subscribe()
                .with(
                        results -> context.runOnContext(v -> commitAlone(group, place + 1)),
                        failure -> context.runOnContext(v -> commitAlone(group, place + 1)));
    }

    private static <I, R> void answer(Entry<I, R> entry, List<R> results, Throwable failure) {
        if (failure == null) {
            entry.caller().complete(results.getFirst());
        } else {
            entry.caller().fail(failure);
        }
    }

    private static boolean isOutage(Throwable failure) {
        return failure instanceof Problem problem && problem.type() == ProblemType.UNAVAILABLE;
    }
}
