package dev.comuta.task;

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

/**
 * Tasks on their way to one queue. One message is under way; what is committed meanwhile gathers and goes together into
 * the next: no timer, so a lone task goes at once, and the busier it is the more share one message.
 */
final class PublishBatcher {

    /** A message goes to one worker. */
    static final int MOST_OF_ONE_MESSAGE = 200;

    /** Beyond, the table keeps them. */
    static final int MOST_GATHERED = 100_000;

    private final Executor thread;
    private final Function<List<RequestedTask>, Uni<Void>> send;
    private final ObjIntConsumer<String> lost;
    private final Duration patience;

    // the rest belongs to the thread
    private final Deque<RequestedTask> gathered = new ArrayDeque<>();
    private boolean underWay;

    /**
     * Prepares a line.
     *
     * @param thread runs what it is given one after the other, never at once
     * @param send publishes one message; answers when the broker has it
     * @param lost told why how many tasks were not published, or not in time
     * @param patience after which a broker that says nothing no longer holds back what comes after
     */
    PublishBatcher(
            Executor thread,
            Function<List<RequestedTask>, Uni<Void>> send,
            ObjIntConsumer<String> lost,
            Duration patience) {
        this.thread = thread;
        this.send = send;
        this.lost = lost;
        this.patience = patience;
    }

    /** Publishes tasks: at once, or with the message after the one under way. May be called by any thread. */
    void publish(List<RequestedTask> tasks) {
        thread.execute(() -> {
            gather(tasks);
            publishNext();
        });
    }

    private void gather(List<RequestedTask> tasks) {
        int places = Math.min(tasks.size(), MOST_GATHERED - gathered.size());
        gathered.addAll(tasks.subList(0, places));
        if (places < tasks.size()) {
            lost.accept("too many wait for the broker", tasks.size() - places);
        }
    }

    private void publishNext() {
        if (underWay || gathered.isEmpty()) {
            return;
        }
        underWay = true;
        List<RequestedTask> tasks = new ArrayList<>();
        while (tasks.size() < MOST_OF_ONE_MESSAGE && !gathered.isEmpty()) {
            tasks.add(gathered.remove());
        }
        Uni.createFrom()
                .deferred(() -> send.apply(tasks))
                .ifNoItem()
                .after(patience)
                .fail()
                .subscribe()
                .with(published -> thread.execute(this::ended), failure -> {
                    lost.accept(failure.toString(), tasks.size());
                    thread.execute(this::ended);
                });
    }

    private void ended() {
        underWay = false;
        publishNext();
    }
}
