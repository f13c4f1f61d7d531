package dev.comuta.assistant.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.comuta.platform.problem.PermanentFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
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
        List<Boolean> onLoop = onEventLoop(() -> Evaluation.of(Context::isOnEventLoopThread)
                .map(during -> List.of(during, Context.isOnEventLoopThread())));
        assertEquals(List.of(false, true), onLoop);
    }

    @Test
    void interruptsWhatTakesTooLong() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        Uni<Object> endless = Evaluation.of(Duration.ofMillis(50), () -> {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            interrupted.countDown();
            return null;
        });
        assertThrows(PermanentFailure.class, () -> endless.await().indefinitely());
        interrupted.await();
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
