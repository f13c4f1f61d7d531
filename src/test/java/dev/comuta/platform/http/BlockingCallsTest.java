package dev.comuta.platform.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.problem.TransientFailure;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BlockingCallsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final BlockingCalls calls = new BlockingCalls(1);
    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void runsOnAVirtualThreadAndFailsAsTheCallDoes() {
        assertTrue(item(calls.run(LONG, () -> Thread.currentThread().isVirtual())));
        IllegalStateException failure = new IllegalStateException();
        assertSame(failure, failure(calls.run(LONG, () -> {
            throw failure;
        })));
        assertEquals("free again", item(calls.run(LONG, () -> "free again")));
    }

    @Test
    void returnsToTheContextOfTheCaller() {
        Vertx vertx = Vertx.vertx();
        Context caller = vertx.getOrCreateContext();
        AtomicReference<Context> after = new AtomicReference<>();
        caller.runOnContext(
                now -> calls.run(LONG, () -> 1).subscribe().with(item -> after.set(Vertx.currentContext())));
        await().untilAsserted(() -> assertSame(caller, after.get()));
        vertx.close();
    }

    @Test
    void rejectsCallsBeyondItsLimitImmediately() {
        UniAssertSubscriber<Boolean> first = started(LONG, new AtomicBoolean());
        TransientFailure refusal = assertInstanceOf(TransientFailure.class, failure(calls.run(LONG, () -> true)));
        assertFalse(refusal.mayHaveArrived());
        gate.countDown();
        first.awaitItem();
    }

    @Test
    void interruptsACallAtItsTimeLimitWithUnknownOutcome() {
        AtomicBoolean interrupted = new AtomicBoolean();
        UniAssertSubscriber<Boolean> late = started(Duration.ofMillis(100), interrupted);

        TransientFailure failure =
                assertInstanceOf(TransientFailure.class, late.awaitFailure().getFailure());
        assertTrue(failure.mayHaveArrived());
        await().untilTrue(interrupted);
        await().untilAsserted(() -> assertEquals("free again", item(calls.run(LONG, () -> "free again"))));
    }

    private UniAssertSubscriber<Boolean> started(Duration timeLimit, AtomicBoolean interrupted) {
        CountDownLatch begun = new CountDownLatch(1);
        UniAssertSubscriber<Boolean> subscriber = calls.run(timeLimit, () -> {
                    begun.countDown();
                    return waitAtTheGate(interrupted);
                })
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        await().until(() -> begun.getCount() == 0);
        return subscriber;
    }

    private boolean waitAtTheGate(AtomicBoolean interrupted) {
        try {
            gate.await();
            return true;
        } catch (InterruptedException e) {
            interrupted.set(true);
            throw new IllegalStateException(e);
        }
    }

    private static <T> T item(Uni<T> uni) {
        return uni.subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .awaitItem()
                .getItem();
    }

    private static Throwable failure(Uni<?> uni) {
        return uni.subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .awaitFailure()
                .getFailure();
    }
}
