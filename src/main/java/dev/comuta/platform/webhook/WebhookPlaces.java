package dev.comuta.platform.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The capacity of the ingress. Bytes are counted as they arrive, a delivery when it is complete. */
@ApplicationScoped
class WebhookPlaces {

    private final WebhookConfig config;
    private final AtomicInteger deliveries;
    private final AtomicLong bytes;

    WebhookPlaces(WebhookConfig config, MeterRegistry metrics) {
        this.config = config;
        this.deliveries = metrics.gauge("comuta.webhooks.in.flight", new AtomicInteger());
        this.bytes = metrics.gauge("comuta.webhooks.in.flight.bytes", new AtomicLong());
    }

    boolean isFull() {
        return deliveries.get() >= config.maxInFlight() || bytes.get() >= config.maxInFlightBytes();
    }

    /** Counts bytes that arrived; false, with nothing counted, when they exceed the limit. */
    boolean hold(int arrived) {
        if (bytes.addAndGet(arrived) <= config.maxInFlightBytes()) {
            return true;
        }
        release(arrived);
        return false;
    }

    void release(int held) {
        bytes.addAndGet(-held);
    }

    /** Counts a complete delivery; false, with nothing counted, when it exceeds the limit. */
    boolean enter() {
        if (deliveries.incrementAndGet() <= config.maxInFlight()) {
            return true;
        }
        deliveries.decrementAndGet();
        return false;
    }

    void leave(int held) {
        deliveries.decrementAndGet();
        release(held);
    }
}
