package dev.comuta.bench;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The rounds of a run, one contender after the other. */
final class Rounds {

    /** For so long the warm-up sends more than is accepted, so that rejecting is compiled too. */
    private static final Duration CROWDED = Duration.ofSeconds(5);

    private final Settings settings;
    private final RoundMeter meter;
    private final PgBench pgbench;
    private final Webhooks webhooks;
    private final LoadGenerator load;

    Rounds(Settings settings, RoundMeter meter, PgBench pgbench, Webhooks webhooks, LoadGenerator load) {
        this.settings = settings;
        this.meter = meter;
        this.pgbench = pgbench;
        this.webhooks = webhooks;
        this.load = load;
    }

    List<Round> run() throws IOException, InterruptedException {
        warmUp();
        for (int i = 0; i < settings.rounds(); i++) {
            meter.yardstick(pgbench);
            atFullSpeed(Round.SERVER);
        }
        double full = Report.medianRate(meter.rounds(), Round.SERVER);
        Buffer[] half = webhooks.prepare(full / 2, settings.round());
        meter.webhooks(Round.HALF_LOAD, () -> load.atRate(full / 2, half, settings.round()));
        Buffer[] twice = webhooks.prepare(full * 2, settings.round());
        meter.webhooks(Round.OVERLOAD, () -> load.inACrowd(full * 2, twice, settings.round()));
        atFullSpeed(Round.AFTERWARDS);
        return meter.rounds();
    }

    private void atFullSpeed(String contender) throws IOException, InterruptedException {
        Buffer[] requests = webhooks.prepare(Webhooks.FASTEST, settings.round());
        meter.webhooks(contender, () -> load.atFullSpeed(requests, settings.round()));
    }

    private void warmUp() throws InterruptedException {
        System.err.println("warm-up");
        load.atFullSpeed(webhooks.prepare(Webhooks.FASTEST, settings.warmUp()), settings.warmUp());
        meter.drain();
        load.inACrowd(Webhooks.FASTEST, webhooks.prepare(Webhooks.FASTEST, CROWDED), CROWDED);
        meter.drain();
    }
}
