package dev.comuta.platform;

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

/**
 * One commit for many callers. While one group is written, what arrives waits and goes together into the next: no timer,
 * so a lone caller does not wait, and the busier it is the more share one commit. A group begins when the one before it
 * has written its rows, so the database writes while it waits for the disk; rows are written in the order in which items
 * came. When a commit fails for another reason than an outage, its items are tried again one by one, so that a bad one
 * fails alone. Who comes when the line is too long is refused at once, as unavailable.
 *
 * @param <I> an item
 * @param <R> what becomes of it
 */
public final class GroupCommit<I, R> {

    private static final Object NOBODY = new Object();

    /** One is written while the other is made durable. */
    private static final int MOST_UNDER_WAY = 2;

    private final Context context;
    private final Work<I, R> work;
    private final Limits limits;

    /** What other threads handed over and the line has not yet looked at. */
    private final Queue<Entry<I, R>> arrived = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean called = new AtomicBoolean();

    // the rest belongs to the context
    private final Deque<Entry<I, R>> waiting = new ArrayDeque<>();
    private final Map<Object, Integer> waitingByOwner = new HashMap<>();
    private int underWay;
    private boolean closed;

    private boolean writing;

    /** Since when the oldest item of the newest group is unanswered, and how many wait; read by other threads. */
    private volatile long oldestSince;

    private volatile int length;

    private record Entry<I, R>(I item, Object owner, long since, UniEmitter<? super R> caller) {}

    /** Items of one commit. */
    private static final class Group<I, R> {

        private final List<Entry<I, R>> entries = new ArrayList<>();
        private boolean written;

        private List<I> items() {
            return entries.stream().map(Entry::item).toList();
        }
    }

    /** Stores a group. */
    @FunctionalInterface
    public interface Work<I, R> {

        /**
         * Stores items in one transaction and answers one result each, in their order.
         *
         * @param written to be run when all rows are written and only the commit is left; may be left out
         */
        Uni<List<R>> commit(List<I> items, Runnable written);
    }

    /**
     * How long a line may become.
     *
     * @param group most items of one commit
     * @param waiting most items that wait
     * @param waitingOfOne most items that wait for one owner, so that one does not take all places
     * @param age the line is too long when a whole group waits and the oldest item has been unanswered for this long
     */
    public record Limits(int group, int waiting, int waitingOfOne, Duration age) {

        private static final Duration ANY_AGE = Duration.ofDays(1);

        /** Bounded by number alone. */
        public static Limits of(int group, int waiting) {
            return new Limits(group, waiting, waiting, ANY_AGE);
        }
    }

    /**
     * Prepares a line of commits.
     *
     * @param context the event loop on which the line is kept
     */
    public GroupCommit(Context context, Work<I, R> work, Limits limits) {
        this.context = context;
        this.work = work;
        this.limits = limits;
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
                context.runOnContext(v -> takeIn());
            }
        });
    }

    /** The same for an item that nobody in particular owns. */
    public Uni<R> submit(I item) {
        return submit(item, NOBODY);
    }

    /** Whether who came now would be refused, as far as can be told without asking the line. */
    public boolean isTooLong() {
        return length >= limits.waiting() || (length >= limits.group() && isOld());
    }

    private boolean isOld() {
        return System.nanoTime() - oldestSince > limits.age().toNanos();
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

    private void takeIn() {
        called.set(false);
        for (Entry<I, R> entry = arrived.poll(); entry != null; entry = arrived.poll()) {
            enqueue(entry);
        }
        commitNext();
    }

    private void enqueue(Entry<I, R> entry) {
        if (closed || isTooLong() || waitingByOwner.getOrDefault(entry.owner(), 0) >= limits.waitingOfOne()) {
            refuse(entry);
            return;
        }
        if (underWay == 0 && waiting.isEmpty()) {
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
        if (writing || underWay == MOST_UNDER_WAY || waiting.isEmpty()) {
            return;
        }
        oldestSince = waiting.peek().since();
        Group<I, R> group = new Group<>();
        while (group.entries.size() < limits.group() && !waiting.isEmpty()) {
            group.entries.add(next());
        }
        writing = true;
        underWay++;
        commit(group);
    }

    private void commit(Group<I, R> group) {
        Uni.createFrom()
                .deferred(() -> work.commit(group.items(), () -> context.runOnContext(v -> written(group))))
                .subscribe()
                .with(
                        results -> context.runOnContext(v -> committed(group, results)),
                        failure -> context.runOnContext(v -> failed(group, failure)));
    }

    private void written(Group<I, R> group) {
        if (!group.written) {
            group.written = true;
            writing = false;
            commitNext();
        }
    }

    private void ended(Group<I, R> group) {
        underWay--;
        written(group);
        commitNext();
    }

    private void committed(Group<I, R> group, List<R> results) {
        ended(group);
        for (int i = 0; i < group.entries.size(); i++) {
            group.entries.get(i).caller().complete(results.get(i));
        }
    }

    private void failed(Group<I, R> group, Throwable failure) {
        if (group.entries.size() > 1 && !isOutage(failure)) {
            commitAlone(group, 0);
        } else {
            group.entries.forEach(entry -> entry.caller().fail(failure));
            ended(group);
        }
    }

    /** Each in a commit of its own, in their order. */
    private void commitAlone(Group<I, R> group, int place) {
        if (place == group.entries.size()) {
            ended(group);
            return;
        }
        Entry<I, R> entry = group.entries.get(place);
        Uni.createFrom()
                .deferred(() -> work.commit(List.of(entry.item()), () -> {}))
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
