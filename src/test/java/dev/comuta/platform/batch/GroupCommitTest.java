package dev.comuta.platform.batch;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.batch.GroupCommit.Limits;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private static final Duration NEVER = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = ((VertxInternal) vertx).createEventLoopContext();

    /** Every attempted commit, with its items. */
    private final List<List<String>> commits = new CopyOnWriteArrayList<>();

    /** Blocks the first commit until the test has filled the queue. */
    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void storesWaitingItemsInOneCommitAndInOrder() {
        GroupCommit<String, String> groupCommit = groupCommit(4, 100);
        List<CompletableFuture<String>> results = IntStream.range(0, 9)
                .mapToObj(i -> submit(groupCommit, "m" + i))
                .toList();
        gate.complete(null);

        results.forEach(CompletableFuture::join);
        assertEquals(List.of(List.of("m0"), List.of("m1", "m2", "m3", "m4"), List.of("m5", "m6", "m7", "m8")), commits);
        assertEquals("stored m7", results.get(7).join());
    }

    @Test
    void reportsHowLongACommitRuns() {
        GroupCommit<String, String> groupCommit = groupCommit(4, 100);
        assertEquals(Duration.ZERO, groupCommit.runningFor());
        CompletableFuture<String> stuck = submit(groupCommit, "m");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> groupCommit.runningFor().isPositive());

        gate.complete(null);

        stuck.join();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> groupCommit.runningFor().isZero());
    }

    @Test
    void delaysTheNextItemByTheMinimumInterval() {
        gate.complete(null);
        GroupCommit<String, String> groupCommit = groupCommit(new Limits(2, 100, 100, NEVER, Duration.ofMillis(200)));
        long start = System.nanoTime();
        submit(groupCommit, "lone").join();
        submit(groupCommit, "early").join();
        long waited = System.nanoTime() - start;
        assertTrue(waited >= Duration.ofMillis(199).toNanos(), waited + " ns");
        assertEquals(List.of(List.of("lone"), List.of("early")), commits);
    }

    @Test
    void doesNotDelayAWholeGroup() {
        gate.complete(null);
        GroupCommit<String, String> groupCommit = groupCommit(new Limits(2, 100, 100, NEVER, NEVER));
        submit(groupCommit, "lone").join();
        List<CompletableFuture<String>> whole = List.of(submit(groupCommit, "a"), submit(groupCommit, "b"));

        whole.forEach(CompletableFuture::join);
        assertEquals(List.of(List.of("lone"), List.of("a", "b")), commits);
    }

    @Test
    void failsOnlyTheBadItem() {
        GroupCommit<String, String> groupCommit = groupCommit(64, 100);
        CompletableFuture<String> first = submit(groupCommit, "first");
        CompletableFuture<String> good = submit(groupCommit, "good");
        CompletableFuture<String> bad = submit(groupCommit, "bad");
        CompletableFuture<String> later = submit(groupCommit, "later");
        gate.complete(null);

        assertEquals("stored first", first.join());
        assertEquals("stored good", good.join());
        assertEquals("stored later", later.join());
        assertEquals(
                "no such row",
                assertThrows(CompletionException.class, bad::join).getCause().getMessage());
    }

    @Test
    void findsABadItemByHalves() {
        GroupCommit<String, String> groupCommit = groupCommit(64, 100);
        CompletableFuture<String> first = submit(groupCommit, "first");
        List<CompletableFuture<String>> group = IntStream.range(0, 32)
                .mapToObj(i -> submit(groupCommit, i == 9 ? "bad" : "m" + i))
                .toList();
        gate.complete(null);

        assertEquals("stored first", first.join());
        assertThrows(CompletionException.class, group.get(9)::join);
        for (int i = 0; i < 32; i++) {
            if (i != 9) {
                assertEquals("stored m" + i, group.get(i).join());
            }
        }
        assertEquals(2 + 2 * 5, commits.size(), "the group and two halves at each of five levels");
        List<String> stored = commits.stream()
                .filter(commit -> !commit.contains("bad"))
                .flatMap(List::stream)
                .toList();
        List<String> expected = Stream.concat(
                        Stream.of("first"),
                        IntStream.range(0, 32).filter(i -> i != 9).mapToObj(i -> "m" + i))
                .toList();
        assertEquals(expected, stored, "in the order of their arrival");
    }

    @Test
    void failsAllItemsOnAnOutageWithoutRetryingEach() {
        GroupCommit<String, String> groupCommit = groupCommit(64, 100);
        CompletableFuture<String> first = submit(groupCommit, "first");
        CompletableFuture<String> one = submit(groupCommit, "outage");
        CompletableFuture<String> two = submit(groupCommit, "good");
        gate.complete(null);

        assertThrows(CompletionException.class, one::join);
        assertThrows(CompletionException.class, two::join);
        assertEquals("stored first", first.join());
        assertEquals(2, commits.size());
        assertEquals("stored again", submit(groupCommit, "again").join());
    }

    @Test
    void rejectsItemsBeyondTheLimit() {
        GroupCommit<String, String> groupCommit = groupCommit(64, 2);
        List<CompletableFuture<String>> accepted =
                List.of(submit(groupCommit, "under way"), submit(groupCommit, "a"), submit(groupCommit, "b"));
        CompletableFuture<String> rejected = submit(groupCommit, "c");

        assertUnavailable(rejected);
        gate.complete(null);
        accepted.forEach(CompletableFuture::join);
    }

    @Test
    void commitsAnItemWhoseCallerCanceled() {
        GroupCommit<String, String> groupCommit = groupCommit(64, 100);
        CompletableFuture<String> first = submit(groupCommit, "under way");
        submit(groupCommit, "given up").cancel(true);
        CompletableFuture<String> last = submit(groupCommit, "last");
        gate.complete(null);

        assertEquals("stored under way", first.join());
        assertEquals("stored last", last.join());
        assertEquals(List.of("given up", "last"), commits.get(1));
    }

    @Test
    void limitsTheItemsOfOneOwner() {
        GroupCommit<String, String> groupCommit = groupCommit(new Limits(64, 10, 2, NEVER, Duration.ZERO));
        List<CompletableFuture<String>> accepted = List.of(
                submit(groupCommit, "under way"), submit(groupCommit, "flood 1"), submit(groupCommit, "flood 2"));
        CompletableFuture<String> rejected = submit(groupCommit, "flood 3");
        CompletableFuture<String> other = groupCommit.submit("other", "another").subscribeAsCompletionStage();

        assertUnavailable(rejected);
        gate.complete(null);
        accepted.forEach(CompletableFuture::join);
        assertEquals("stored other", other.join());
        assertEquals("stored flood 3", submit(groupCommit, "flood 3").join());
    }

    @Test
    void rejectsItemsWhileAWholeGroupWaitsTooLong() {
        GroupCommit<String, String> groupCommit = groupCommit(new Limits(2, 100, 100, Duration.ZERO, Duration.ZERO));
        List<CompletableFuture<String>> accepted =
                List.of(submit(groupCommit, "under way"), submit(groupCommit, "a"), submit(groupCommit, "b"));
        CompletableFuture<String> rejected = submit(groupCommit, "c");

        assertUnavailable(rejected);
        assertTrue(groupCommit.isOverloaded());
        gate.complete(null);
        accepted.forEach(CompletableFuture::join);
        assertEquals("stored again", submit(groupCommit, "again").join());
        assertFalse(groupCommit.isOverloaded());
    }

    @Test
    void completesTheRunningCommitAndRejectsWaitingItemsOnClose() {
        GroupCommit<String, String> groupCommit = groupCommit(64, 100);
        CompletableFuture<String> underWay = submit(groupCommit, "under way");
        CompletableFuture<String> waiting = submit(groupCommit, "waiting");

        groupCommit.close();

        assertUnavailable(waiting);
        gate.complete(null);
        assertEquals("stored under way", underWay.join());
        assertUnavailable(submit(groupCommit, "late"));
        assertEquals(List.of(List.of("under way")), commits);
    }

    private GroupCommit<String, String> groupCommit(int limit, int maxWaiting) {
        return groupCommit(new Limits(limit, maxWaiting, maxWaiting, NEVER, Duration.ZERO));
    }

    private GroupCommit<String, String> groupCommit(Limits limits) {
        return new GroupCommit<>(context, this::store, limits);
    }

    private static void assertUnavailable(CompletableFuture<String> rejected) {
        Problem problem = (Problem)
                assertThrows(CompletionException.class, rejected::join).getCause();
        assertEquals(ProblemType.UNAVAILABLE, problem.type());
    }

    private Uni<List<String>> store(List<String> items) {
        commits.add(items);
        return Uni.createFrom().completionStage(gate).map(opened -> {
            if (items.contains("outage")) {
                throw Problem.unavailable("the database is away", null);
            }
            if (items.contains("bad")) {
                throw new IllegalArgumentException("no such row");
            }
            return items.stream().map(item -> "stored " + item).toList();
        });
    }

    /** Returns when the item is queued, so that the test determines the groups. */
    private CompletableFuture<String> submit(GroupCommit<String, String> groupCommit, String item) {
        CompletableFuture<String> result = groupCommit.submit(item, "owner").subscribeAsCompletionStage();
        CompletableFuture<Void> queued = new CompletableFuture<>();
        context.runOnContext(v -> queued.complete(null));
        queued.join();
        return result;
    }
}
