package dev.comuta.task;

import dev.comuta.platform.batch.Batcher;
import dev.comuta.platform.db.RequestedTask;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;

/** Publishes tasks to one queue, many in one message. */
final class PublishBatcher {

    /** A message goes to one worker. */
    static final int MAX_TASKS_PER_MESSAGE = 200;

    /** Tasks beyond this number are not published; the sweeper finds their rows. */
    static final int MAX_QUEUED = 100_000;

    private final Executor thread;
    private final Function<List<RequestedTask>, Uni<Void>> send;
    private final ObjIntConsumer<String> lost;
    private final Duration timeout;
    private final Batcher<RequestedTask> messages;

    /** Used on the thread only. */
    private final Deque<RequestedTask> queued = new ArrayDeque<>();

    /**
     * Creates an idle batcher.
     *
     * @param thread runs its tasks one after the other
     * @param send publishes one message; completes when the broker has confirmed it
     * @param lost notified of the reason and the number of tasks that were not published, or not confirmed in time
     * @param timeout after it a broker that does not confirm no longer delays the next message
     */
    PublishBatcher(
            Executor thread,
            Function<List<RequestedTask>, Uni<Void>> send,
            ObjIntConsumer<String> lost,
            Duration timeout) {
        this.thread = thread;
        this.send = send;
        this.lost = lost;
        this.timeout = timeout;
        this.messages = new Batcher<>(thread, this::nextMessage, this::publishNow);
    }

    /** Publishes tasks immediately, or in the next message while one is being published. Any thread may call it. */
    void publish(List<RequestedTask> tasks) {
        thread.execute(() -> {
            enqueue(tasks);
            messages.start();
        });
    }

    private void enqueue(List<RequestedTask> tasks) {
        int accepted = Math.min(tasks.size(), MAX_QUEUED - queued.size());
        queued.addAll(tasks.subList(0, accepted));
        if (accepted < tasks.size()) {
            lost.accept("too many tasks wait for the broker", tasks.size() - accepted);
        }
    }

    private List<RequestedTask> nextMessage() {
        List<RequestedTask> tasks = new ArrayList<>();
        while (tasks.size() < MAX_TASKS_PER_MESSAGE && !queued.isEmpty()) {
            tasks.add(queued.remove());
        }
        return tasks;
    }

    private Uni<Runnable> publishNow(List<RequestedTask> tasks) {
        return Uni.createFrom()
                .deferred(() -> send.apply(tasks))
                .ifNoItem()
                .after(timeout)
                .fail()
                .onFailure()
                .invoke(failure -> lost.accept(failure.toString(), tasks.size()))
                .onFailure()
                .recoverWithNull()
                .replaceWith(() -> {});
    }
}
