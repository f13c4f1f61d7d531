package dev.comuta.platform.batch;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private static final Duration NEVER = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = ((VertxInternal) vertx).createEventLoopContext();

    /** Every commit that was tried, with its items. */
    private final List<List<String>> commits = new CopyOnWriteArrayList<>();

    /** Holds the first commit back until the test has filled the line. */
    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void sharesOneCommitAmongThoseWhoWaitedAndKeepsTheirOrder() {
        GroupCommit<String, String> line = line(4, 100);
        List<CompletableFuture<String>> answers =
                IntStream.range(0, 9).mapToObj(i -> submit(line, "m" + i)).toList();
        gate.complete(null);

        answers.forEach(CompletableFuture::join);
        assertEquals(List.of(List.of("m0"), List.of("m1", "m2", "m3", "m4"), List.of("m5", "m6", "m7", "m8")), commits);
        assertEquals("stored m7", answers.get(7).join());
    }

    @Test
    void holdsTheNextItemBackForItsPace() {
        gate.complete(null);
        GroupCommit<String, String> line = line(new Limits(2, 100, 100, NEVER, Duration.ofMillis(200)));
        long start = System.nanoTime();
        submit(line, "lone").join();
        submit(line, "early").join();
        long waited = System.nanoTime() - start;
        assertTrue(waited >= Duration.ofMillis(199).toNanos(), waited + " ns");
        assertEquals(List.of(List.of("lone"), List.of("early")), commits);
    }

    @Test
    void doesNotHoldAWholeGroupBackForItsPace() {
        gate.complete(null);
        GroupCommit<String, String> line = line(new Limits(2, 100, 100, NEVER, NEVER));
        submit(line, "lone").join();
        List<CompletableFuture<String>> whole = List.of(submit(line, "a"), submit(line, "b"));

        whole.forEach(CompletableFuture::join);
        assertEquals(List.of(List.of("lone"), List.of("a", "b")), commits);
    }

    @Test
    void letsABadItemFailAlone() {
        GroupCommit<String, String> line = line(64, 100);
        CompletableFuture<String> first = submit(line, "first");
        CompletableFuture<String> good = submit(line, "good");
        CompletableFuture<String> bad = submit(line, "bad");
        CompletableFuture<String> later = submit(line, "later");
        gate.complete(null);

        assertEquals("stored first", first.join());
        assertEquals("stored good", good.join());
        assertEquals("stored later", later.join());
        assertEquals(
                "no such row",
                assertThrows(CompletionException.class, bad::join).getCause().getMessage());
    }

    @Test
    void tellsAnOutageToAllWithoutTryingEachAlone() {
        GroupCommit<String, String> line = line(64, 100);
        CompletableFuture<String> first = submit(line, "first");
        CompletableFuture<String> one = submit(line, "outage");
        CompletableFuture<String> two = submit(line, "good");
        gate.complete(null);

        assertThrows(CompletionException.class, one::join);
        assertThrows(CompletionException.class, two::join);
        assertEquals("stored first", first.join());
        assertEquals(2, commits.size());
        assertEquals("stored again", submit(line, "again").join());
    }

    @Test
    void refusesMoreThanMayWait() {
        GroupCommit<String, String> line = line(64, 2);
        List<CompletableFuture<String>> accepted =
                List.of(submit(line, "under way"), submit(line, "a"), submit(line, "b"));
        CompletableFuture<String> refused = submit(line, "c");

        assertUnavailable(refused);
        gate.complete(null);
        accepted.forEach(CompletableFuture::join);
    }

    @Test
    void commitsWhatItsCallerGaveUp() {
        GroupCommit<String, String> line = line(64, 100);
        CompletableFuture<String> first = submit(line, "under way");
        submit(line, "given up").cancel(true);
        CompletableFuture<String> last = submit(line, "last");
        gate.complete(null);

        assertEquals("stored under way", first.join());
        assertEquals("stored last", last.join());
        assertEquals(List.of("given up", "last"), commits.get(1));
    }

    @Test
    void leavesPlacesForOthersWhenOneOwnerFloods() {
        GroupCommit<String, String> line = line(new Limits(64, 10, 2, NEVER, Duration.ZERO));
        List<CompletableFuture<String>> accepted =
                List.of(submit(line, "under way"), submit(line, "flood 1"), submit(line, "flood 2"));
        CompletableFuture<String> refused = submit(line, "flood 3");
        CompletableFuture<String> other = line.submit("other", "another").subscribeAsCompletionStage();

        assertUnavailable(refused);
        gate.complete(null);
        accepted.forEach(CompletableFuture::join);
        assertEquals("stored other", other.join());
        assertEquals("stored flood 3", submit(line, "flood 3").join());
    }

    @Test
    void refusesAtOnceWhileAWholeGroupWaitsTooLong() {
        GroupCommit<String, String> line = line(new Limits(2, 100, 100, Duration.ZERO, Duration.ZERO));
        List<CompletableFuture<String>> accepted =
                List.of(submit(line, "under way"), submit(line, "a"), submit(line, "b"));
        CompletableFuture<String> refused = submit(line, "c");

        assertUnavailable(refused);
        assertTrue(line.isOverloaded());
        gate.complete(null);
        accepted.forEach(CompletableFuture::join);
        assertEquals("stored again", submit(line, "again").join());
        assertFalse(line.isOverloaded());
    }

    @Test
    void commitsWhatIsUnderWayAndRefusesWhatWaitsWhenItIsClosed() {
        GroupCommit<String, String> line = line(64, 100);
        CompletableFuture<String> underWay = submit(line, "under way");
        CompletableFuture<String> waiting = submit(line, "waiting");

        line.close();

        assertUnavailable(waiting);
        gate.complete(null);
        assertEquals("stored under way", underWay.join());
        assertUnavailable(submit(line, "late"));
        assertEquals(List.of(List.of("under way")), commits);
    }

    private GroupCommit<String, String> line(int limit, int maxWaiting) {
        return line(new Limits(limit, maxWaiting, maxWaiting, NEVER, Duration.ZERO));
    }

    private GroupCommit<String, String> line(Limits limits) {
        return new GroupCommit<>(context, this::store, limits);
    }

    private static void assertUnavailable(CompletableFuture<String> refused) {
        Problem problem =
                (Problem) assertThrows(CompletionException.class, refused::join).getCause();
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

    /** Submitted when the line has taken it in, so that the groups are the test's. */
    private CompletableFuture<String> submit(GroupCommit<String, String> line, String item) {
        CompletableFuture<String> answer = line.submit(item, "owner").subscribeAsCompletionStage();
        CompletableFuture<Void> takenIn = new CompletableFuture<>();
        context.runOnContext(v -> takenIn.complete(null));
        takenIn.join();
        return answer;
    }
}
