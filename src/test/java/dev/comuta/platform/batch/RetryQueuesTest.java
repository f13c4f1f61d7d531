package dev.comuta.platform.batch;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.batch.RetryQueues.Limits;
import dev.comuta.platform.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The key of an item is its first character. */
class RetryQueuesTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Vertx vertx = Vertx.vertx();
    private final Set<String> lockedKeys = ConcurrentHashMap.newKeySet();
    private final List<String> stored = new CopyOnWriteArrayList<>();
    private final List<String> tried = new CopyOnWriteArrayList<>();

    private static final class Locked extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void storesItemsOfOtherKeysWhileAKeyIsLocked() {
        RetryQueues<String, String, String> queues = queues(new Limits(10, 10, LONG));
        lockedKeys.add("a");
        CompletableFuture<String> held = add(queues, "a1");

        assertEquals("stored b1", add(queues, "b1").join());
        assertFalse(held.isDone());
        assertTrue(queues.contains("a"));
        lockedKeys.clear();
        assertEquals("stored a1", held.join());
        assertFalse(queues.contains("a"));
    }

    @Test
    void keepsTheOrderOfAKey() {
        RetryQueues<String, String, String> queues = queues(new Limits(10, 10, LONG));
        lockedKeys.add("a");
        List<CompletableFuture<String>> held = addAll(queues, "a1", "a2", "a3");
        await().atMost(LONG).until(() -> tried.size() > 1);

        lockedKeys.clear();

        held.getLast().join();
        assertEquals(List.of("a1", "a2", "a3"), stored);
    }

    @Test
    void failsAnItemThatCannotBeStored() {
        RetryQueues<String, String, String> queues = queues(new Limits(10, 10, LONG));
        CompletableFuture<String> bad = add(queues, "a bad");
        CompletableFuture<String> good = add(queues, "a good");

        assertEquals("stored a good", good.join());
        assertInstanceOf(
                IllegalArgumentException.class,
                assertThrows(CompletionException.class, bad::join).getCause());
    }

    @Test
    void rejectsAllItemsOfAKeyWhoseOldestHasWaitedTooLong() {
        RetryQueues<String, String, String> queues = queues(new Limits(10, 10, Duration.ZERO));
        lockedKeys.add("a");

        assertUnavailable(add(queues, "a1"));
        assertFalse(queues.contains("a"));
        assertEquals("stored b1", add(queues, "b1").join());
    }

    @Test
    void rejectsItemsBeyondTheLimits() {
        RetryQueues<String, String, String> queues = queues(new Limits(3, 2, LONG));
        lockedKeys.addAll(Set.of("a", "b", "c"));
        List<CompletableFuture<String>> held = addAll(queues, "a1", "a2", "b1");

        assertUnavailable(add(queues, "a3"));
        assertUnavailable(add(queues, "c1"));
        held.forEach(result -> assertFalse(result.isDone()));
    }

    @Test
    void rejectsItemsOnClose() {
        RetryQueues<String, String, String> queues = queues(new Limits(10, 10, LONG));
        lockedKeys.add("a");
        CompletableFuture<String> held = add(queues, "a1");

        queues.close();

        assertUnavailable(held);
        assertUnavailable(add(queues, "b1"));
    }

    private RetryQueues<String, String, String> queues(Limits limits) {
        return new RetryQueues<>(
                ((VertxInternal) vertx).createEventLoopContext(), this::store, Locked.class::isInstance, limits);
    }

    private Uni<String> store(String item) {
        tried.add(item);
        if (lockedKeys.contains(key(item))) {
            return Uni.createFrom().failure(new Locked());
        }
        if (item.endsWith("bad")) {
            return Uni.createFrom().failure(new IllegalArgumentException("no such row"));
        }
        stored.add(item);
        return Uni.createFrom().item("stored " + item);
    }

    private static String key(String item) {
        return item.substring(0, 1);
    }

    private static List<CompletableFuture<String>> addAll(RetryQueues<String, String, String> queues, String... items) {
        return Stream.of(items).map(item -> add(queues, item)).toList();
    }

    private static CompletableFuture<String> add(RetryQueues<String, String, String> queues, String item) {
        return queues.add(key(item), item).subscribeAsCompletionStage();
    }

    private static void assertUnavailable(CompletableFuture<String> rejected) {
        assertTrue(Problem.isOutage(
                assertThrows(CompletionException.class, rejected::join).getCause()));
    }
}
