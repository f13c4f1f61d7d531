package dev.comuta.platform.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the deliveries in flight against the limits: bytes as they arrive, a delivery when it is complete. */
@ApplicationScoped
class WebhookCapacity {

    private final WebhookConfig config;
    private final AtomicInteger deliveries;
    private final AtomicLong bytes;

    WebhookCapacity(WebhookConfig config, MeterRegistry metrics) {
        this.config = config;
        this.deliveries = metrics.gauge("comuta.webhooks.in.flight", new AtomicInteger());
        this.bytes = metrics.gauge("comuta.webhooks.in.flight.bytes", new AtomicLong());
    }

    boolean isFull() {
        return deliveries.get() >= config.maxInFlight() || bytes.get() >= config.maxInFlightBytes();
    }

    /** Counts bytes that arrived. When they exceed the limit, counts nothing and returns false. */
    boolean addBytes(int arrived) {
        if (bytes.addAndGet(arrived) <= config.maxInFlightBytes()) {
            return true;
        }
        removeBytes(arrived);
        return false;
    }

    void removeBytes(int counted) {
        bytes.addAndGet(-counted);
    }

    /** Counts a complete delivery. When it exceeds the limit, counts nothing and returns false. */
    boolean addDelivery() {
        if (deliveries.incrementAndGet() <= config.maxInFlight()) {
            return true;
        }
        deliveries.decrementAndGet();
        return false;
    }

    /** Stops counting a complete delivery and its bytes. */
    void removeDelivery(int countedBytes) {
        deliveries.decrementAndGet();
        removeBytes(countedBytes);
    }
}
