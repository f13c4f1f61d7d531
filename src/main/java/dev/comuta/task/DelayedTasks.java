package dev.comuta.task;

import dev.comuta.platform.db.RequestedTask;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Publishes tasks when they may begin, by a timer for each. The number of timers is bounded; the sweeper publishes the
 * other tasks, and those of a process that ended.
 */
final class DelayedTasks {

    /** Beyond the delay, so that the clock of the database has passed NotBefore. */
    private static final Duration MARGIN = Duration.ofMillis(10);

    private final Vertx vertx;
    private final Consumer<RequestedTask> publish;
    private final int limit;
    private final AtomicInteger timers = new AtomicInteger();

    DelayedTasks(Vertx vertx, Consumer<RequestedTask> publish, int limit) {
        this.vertx = vertx;
        this.publish = publish;
        this.limit = limit;
    }

    /** Publishes a committed task after its delay, unless too many wait. Any thread may call it. */
    void add(RequestedTask task) {
        if (timers.incrementAndGet() > limit) {
            timers.decrementAndGet();
            return;
        }
        vertx.setTimer(task.delay().plus(MARGIN).toMillis(), timer -> {
            timers.decrementAndGet();
            publish.accept(task);
        });
    }
}
