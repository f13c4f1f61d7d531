package dev.comuta.task;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.db.RequestedTask;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DelayedTasksTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private final List<Long> published = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void publishesEachTaskAfterItsDelay() {
        DelayedTasks delayed = delayed(10);
        long start = System.nanoTime();
        delayed.add(task(1, LONG));
        delayed.add(task(2, Duration.ofMillis(100)));
        delayed.add(task(3, Duration.ZERO));

        await().atMost(LIMIT).until(() -> published.size() == 2);
        assertEquals(List.of(3L, 2L), published);
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(100).toNanos());
    }

    @Test
    void leavesTasksBeyondItsLimitToTheSweeper() {
        DelayedTasks delayed = delayed(1);
        delayed.add(task(1, Duration.ofMillis(1)));
        delayed.add(task(2, Duration.ofMillis(1)));
        await().atMost(LIMIT).until(() -> published.size() == 1);
        delayed.add(task(3, Duration.ofMillis(1)));

        await().atMost(LIMIT).until(() -> published.size() == 2);
        assertEquals(List.of(1L, 3L), published);
    }

    private DelayedTasks delayed(int limit) {
        return new DelayedTasks(vertx, task -> published.add(task.taskId()), limit);
    }

    private static RequestedTask task(long id, Duration delay) {
        return new RequestedTask(id, 1L, "Saudação", null).after(delay);
    }
}
