package dev.comuta.platform.webhook;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WebhookPlacesTest {

    private final WebhookPlaces places = new WebhookPlaces(new TwoDeliveriesOfTenBytes(), new SimpleMeterRegistry());

    @Test
    void holdsBytesUpToTheLimitAndGivesThemBack() {
        assertTrue(places.hold(6));
        assertFalse(places.hold(5));
        assertTrue(places.hold(4));
        assertTrue(places.isFull());
        places.release(4);
        assertFalse(places.isFull());
        assertTrue(places.hold(4));
    }

    @Test
    void admitsDeliveriesUpToTheLimitWhateverTheirSize() {
        assertTrue(places.enter());
        assertTrue(places.hold(6));
        assertTrue(places.enter());
        assertFalse(places.enter());
        assertTrue(places.isFull());
        places.leave(6);
        assertTrue(places.enter());
        assertTrue(places.hold(10));
    }

    private record TwoDeliveriesOfTenBytes() implements WebhookConfig {

        @Override
        public int maxInFlight() {
            return 2;
        }

        @Override
        public long maxInFlightBytes() {
            return 10;
        }

        @Override
        public int maxBody() {
            return 10;
        }

        @Override
        public Duration bodyTimeLimit() {
            return Duration.ofSeconds(2);
        }

        @Override
        public Duration commitTimeLimit() {
            return Duration.ofSeconds(1);
        }
    }
}
