package dev.comuta.platform.webhook;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WebhookCapacityTest {

    private final WebhookCapacity capacity =
            new WebhookCapacity(new TwoDeliveriesOfTenBytes(), new SimpleMeterRegistry());

    @Test
    void countsBytesUpToTheLimitUntilTheyAreRemoved() {
        assertTrue(capacity.addBytes(6));
        assertFalse(capacity.addBytes(5));
        assertTrue(capacity.addBytes(4));
        assertTrue(capacity.isFull());
        capacity.removeBytes(4);
        assertFalse(capacity.isFull());
        assertTrue(capacity.addBytes(4));
    }

    @Test
    void countsDeliveriesUpToTheLimitAndTheirBytesSeparately() {
        assertTrue(capacity.addDelivery());
        assertTrue(capacity.addBytes(6));
        assertTrue(capacity.addDelivery());
        assertFalse(capacity.addDelivery());
        assertTrue(capacity.isFull());
        capacity.removeDelivery(6);
        assertTrue(capacity.addDelivery());
        assertTrue(capacity.addBytes(10));
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
