package dev.comuta.platform;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * One commit for many callers. While a commit is under way, what arrives waits and goes together into the next: no timer,
 * so a lone caller does not wait, and the busier it is the more share one commit. Items are committed in the order in
 * which they came. When a commit fails for another reason than an outage, its items are tried again one by one, so that a
 * bad one fails alone.
 *
 * @param <I> an item
 * @param <R> what becomes of it
 */
public final class GroupCommit<I, R> {

    private final Context context;
    private final Function<List<I>, Uni<List<R>>> commit;
    private final int limit;
    private final int maxWaiting;
    private final Deque<Entry<I, R>> waiting = new ArrayDeque<>();
    private boolean busy;

    private record Entry<I, R>(I item, UniEmitter<? super R> caller) {}

    /**
     * Prepares a line of commits.
     *
     * @param context the event loop on which the line is kept
     * @param commit stores items in one transaction and answers one result each, in their order
     * @param limit most items of one commit
     * @param maxWaiting most items that wait; more are refused as unavailable
     */
    public GroupCommit(Context context, Function<List<I>, Uni<List<R>>> commit, int limit, int maxWaiting) {
        this.context = context;
        this.commit = commit;
        this.limit = limit;
        this.maxWaiting = maxWaiting;
    }

    /** Commits an item with others. When the answer is there it is committed; a caller that gives up does not undo it. */
    public Uni<R> submit(I item) {
        return Uni.createFrom().emitter(caller -> context.runOnContext(v -> enqueue(new Entry<>(item, caller))));
    }

    private void enqueue(Entry<I, R> entry) {
        if (waiting.size() >= maxWaiting) {
            entry.caller().fail(Problem.unavailable("too many messages wait to be stored", null));
            return;
        }
        waiting.add(entry);
        commitNext();
    }

    private void commitNext() {
        if (busy || waiting.isEmpty()) {
            return;
        }
        busy = true;
        List<Entry<I, R>> group = new ArrayList<>();
        while (group.size() < limit && !waiting.isEmpty()) {
            group.add(waiting.remove());
        }
        commit(group, failure -> failed(group, failure));
    }

    private void commit(List<Entry<I, R>> group, java.util.function.Consumer<Throwable> whenFailed) {
        Uni.createFrom()
                .deferred(() -> commit.apply(group.stream().map(Entry::item).toList()))
                .subscribe()
                .with(
                        results -> context.runOnContext(v -> committed(group, results)),
                        failure -> context.runOnContext(v -> whenFailed.accept(failure)));
    }

    private void committed(List<Entry<I, R>> group, List<R> results) {
        busy = false;
        commitNext();
        for (int i = 0; i < group.size(); i++) {
            group.get(i).caller().complete(results.get(i));
        }
    }

    private void failed(List<Entry<I, R>> group, Throwable failure) {
        if (group.size() > 1 && !isOutage(failure)) {
            group.reversed().forEach(waiting::addFirst);
            commitAlone(group.size());
        } else {
            busy = false;
            group.forEach(entry -> entry.caller().fail(failure));
            commitNext();
        }
    }

    /** The first so many that wait, each in a commit of its own. */
    private void commitAlone(int left) {
        if (left == 0) {
            busy = false;
            commitNext();
            return;
        }
        Entry<I, R> entry = waiting.remove();
        Uni.createFrom()
                .deferred(() -> commit.apply(List.of(entry.item())))
                .onItemOrFailure()
                .invoke((results, failure) -> answer(entry, results, failure))
                .subscribe()
                .with(
                        results -> context.runOnContext(v -> commitAlone(left - 1)),
                        failure -> context.runOnContext(v -> commitAlone(left - 1)));
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
