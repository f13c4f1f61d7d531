package dev.comuta.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.problem.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The limit of open streams. */
class EventStreamsTest {

    private static final EventCursor NOW = new EventCursor(1, 1);

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final EventStreams streams = new EventStreams(
            null,
            null,
            TestTransactions.config(StreamConfig.class, Map.of("comuta.stream.listeners-per-client", "2")),
            Clock.systemUTC(),
            vertx,
            metrics);

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void aRequestThatEndsBeforeItsStreamBeginsLeavesItsPlace() {
        for (int i = 0; i < 5; i++) {
            Request request = new Request();
            streams.follow(1, null, NOW, request);
            request.end();
        }

        assertEquals(0, open());
    }

    @Test
    void aStreamLeavesOnePlaceHoweverItEnds() {
        Request request = new Request();
        AssertSubscriber<StreamPart> subscriber =
                streams.follow(1, null, NOW, request).subscribe().withSubscriber(AssertSubscriber.create());
        assertEquals(1, open());

        subscriber.cancel();
        request.end();

        assertEquals(0, open());
    }

    @Test
    void rejectsAStreamBeyondTheLimitUntilAnotherRequestEnds() {
        Request first = new Request();
        streams.follow(1, null, NOW, first);
        streams.follow(1, null, NOW, new Request());

        assertThrows(Problem.class, () -> streams.follow(1, null, NOW, new Request()));
        first.end();
        streams.follow(1, null, NOW, new Request());
        assertEquals(2, open());
    }

    private int open() {
        return (int) metrics.get("comuta.stream.listeners").gauge().value();
    }

    private static final class Request implements StreamRequest {

        private final List<Runnable> actions = new ArrayList<>();

        @Override
        public void onEnd(Runnable action) {
            actions.add(action);
        }

        @Override
        public void disconnect() {
            end();
        }

        private void end() {
            actions.forEach(Runnable::run);
        }
    }
}
