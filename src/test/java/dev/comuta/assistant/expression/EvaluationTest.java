package dev.comuta.assistant.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @Test
    void evaluatesOffTheEventLoopAndDeliversOnIt() {
        List<Boolean> onLoop = onEventLoop(() -> Evaluation.of(1, Context::isOnEventLoopThread)
                .map(during -> List.of(during, Context.isOnEventLoopThread())));
        assertEquals(List.of(false, true), onLoop);
    }

    @Test
    void endsWhatTakesTooManySteps() {
        Uni<Object> endless = Evaluation.of(1, EvaluationTest::endless);
        assertThrows(PermanentFailure.class, () -> endless.await().indefinitely());
    }

    @Test
    void retriesWhatASlowMachineDoesNotEndInTime() {
        EvaluationPool pool = pool(2, Duration.ofMinutes(1), Duration.ZERO);
        Uni<Object> endless = Evaluation.of(pool, 1, EvaluationTest::endless);
        assertThrows(TransientFailure.class, () -> endless.await().indefinitely());
    }

    @Test
    void endsWhatNobodyWaitsFor() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch canceled = new CountDownLatch(1);
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        Cancellable waiting = Evaluation.of(
                        1,
                        () -> ended.completeAsync(() -> 1, work -> {
                            try {
                                await(runs, canceled);
                                Steps.take(1);
                                work.run();
                            } catch (TransientFailure stopped) {
                                ended.completeExceptionally(stopped);
                            }
                        }))
                .subscribe()
                .with(result -> {});
        runs.await();
        waiting.cancel();
        canceled.countDown();
        assertInstanceOf(
                TransientFailure.class,
                assertThrows(CompletionException.class, ended::join).getCause());
    }

    @Test
    void aClientEvaluatesWhileAnotherHoldsItsShareAndItsQueue() throws InterruptedException {
        EvaluationPool pool = pool(2, Duration.ofMinutes(1), Duration.ofMinutes(1));
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Uni<Integer> held = Evaluation.of(pool, 1, () -> await(runs, end));
        List<CompletableFuture<Integer>> own =
                Stream.generate(held::subscribeAsCompletionStage).limit(3).toList();
        runs.await();
        assertEquals(2, Evaluation.of(pool, 2, () -> 2).await().indefinitely());
        assertThrows(TransientFailure.class, () -> held.await().indefinitely());
        end.countDown();
        own.forEach(result -> assertEquals(1, result.join()));
    }

    @Test
    void retriesWhatWaitedTooLong() throws InterruptedException {
        EvaluationPool pool = pool(2, Duration.ZERO, Duration.ofMinutes(1));
        assertThrows(
                TransientFailure.class,
                () -> Evaluation.of(pool, 1, () -> 1).await().indefinitely());
    }

    private static EvaluationPool pool(int queuedPerClient, Duration wait, Duration limit) {
        return new EvaluationPool(new EvaluationPool.Bounds(2, queuedPerClient, 10, wait, limit));
    }

    private static Integer await(CountDownLatch runs, CountDownLatch end) {
        runs.countDown();
        try {
            end.await();
            return 1;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static Object endless() {
        while (true) {
            Steps.take(1);
        }
    }

    @Test
    void noExpressionCanBeEvaluatedOnAnEventLoop() {
        List<Supplier<Object>> expressions =
                List.of(() -> BoundedPattern.of("a", true), () -> BoundedSchema.of(Map.of()), () -> ResultPaths.of(
                                Map.of("a", "$.a"))
                        .select(NullNode.getInstance()));
        for (Supplier<Object> expression : expressions) {
            Uni<Throwable> evaluation = Uni.createFrom()
                    .item(expression)
                    .map(value -> new Throwable("evaluated"))
                    .onFailure()
                    .recoverWithItem(failure -> failure);
            Throwable failure = onEventLoop(() -> evaluation);
            assertInstanceOf(IllegalStateException.class, failure);
        }
    }

    private static <T> T onEventLoop(Supplier<Uni<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        VERTX.getOrCreateContext()
                .runOnContext(v -> work.get().subscribe().with(result::complete, result::completeExceptionally));
        return result.join();
    }
}
