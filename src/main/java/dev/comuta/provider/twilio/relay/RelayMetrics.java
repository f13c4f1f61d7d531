package dev.comuta.provider.twilio.relay;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** What connections show in metrics. No label holds a text of the provider. */
@ApplicationScoped
class RelayMetrics {

    private final MeterRegistry metrics;
    private final AtomicInteger open;
    private final Timer answers;

    RelayMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
        this.open = metrics.gauge("comuta.relay.connections", new AtomicInteger());
        this.answers = Timer.builder("comuta.relay.answer").register(metrics);
    }

    /** Open connections, also those that are being opened. */
    AtomicInteger open() {
        return open;
    }

    void frame(Frame frame) {
        boolean known = !(frame instanceof Frame.Unknown);
        count(frame.getClass().getSimpleName().toLowerCase(Locale.ROOT), known);
    }

    void unreadable() {
        count("unreadable", false);
    }

    /** The time from a caller's words to the first text of the reply. */
    void answered(Duration time) {
        answers.record(time);
    }

    private void count(String type, boolean known) {
        metrics.counter("comuta.relay.frames", "type", type, "known", Boolean.toString(known))
                .increment();
    }
}
