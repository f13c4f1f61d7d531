package dev.comuta.task;

import dev.comuta.platform.RequestedTask;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tasks on their way to one queue. One message is under way; what is committed meanwhile gathers and goes together into
 * the next: no timer, so a lone task goes at once, and the busier it is the more share one message. Thread-safe.
 */
final class PublishLine {

    /** A message goes to one worker. */
    static final int MOST_OF_ONE_MESSAGE = 200;

    /** Beyond, the table keeps them. */
    static final int MOST_GATHERED = 100_000;

    private final Function<List<RequestedTask>, Uni<Void>> send;
    private final Consumer<Throwable> lost;
    private final Duration patience;
    private final Queue<RequestedTask> gathered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger length = new AtomicInteger();
    private final AtomicBoolean underWay = new AtomicBoolean();

    /**
     * Prepares a line.
     *
     * @param send publishes one message; answers when the broker has it
     * @param lost told of what was not published
     * @param patience after which a broker that says nothing no longer holds back what comes after
     */
    PublishLine(Function<List<RequestedTask>, Uni<Void>> send, Consumer<Throwable> lost, Duration patience) {
        this.send = send;
        this.lost = lost;
        this.patience = patience;
    }

    /** Adds a task, which goes with the next message. */
    void add(RequestedTask task) {
        if (length.incrementAndGet() > MOST_GATHERED) {
            length.decrementAndGet();
            lost.accept(new RejectedExecutionException("too many tasks wait for the broker"));
        } else {
            gathered.add(task);
        }
    }

    /** Sends what has gathered, unless a message is under way: then it follows that one. */
    void publish() {
        while (!gathered.isEmpty() && underWay.compareAndSet(false, true)) {
            List<RequestedTask> tasks = take();
            if (!tasks.isEmpty()) {
                publish(tasks);
                return;
            }
            underWay.set(false);
        }
    }

    private List<RequestedTask> take() {
        List<RequestedTask> tasks = new ArrayList<>();
        while (tasks.size() < MOST_OF_ONE_MESSAGE && !gathered.isEmpty()) {
            tasks.add(gathered.remove());
        }
        length.addAndGet(-tasks.size());
        return tasks;
    }

    private void publish(List<RequestedTask> tasks) {
        Uni.createFrom()
                .deferred(() -> send.apply(tasks))
                .ifNoItem()
                .after(patience)
                .fail()
                .onFailure()
                .invoke(lost)
                .onTermination()
                .invoke(this::ended)
                .subscribe()
                .with(published -> {}, notPublished -> {});
    }

    private void ended() {
        underWay.set(false);
        publish();
    }
}
