package dev.comuta.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The rounds of a run of conversations. */
final class ConversationRounds {

    static final String FULL = "Comuta, 64 simultaneous conversations";
    static final String HALF = "Comuta at half that rate";
    static final String ALONE = "a small client alone";
    static final String BESIDE = "the same beside one with 50 times its load";

    private static final int TIMES = 50;

    private final Settings settings;
    private final RoundMeter meter;
    private final PgBench pgbench;
    private final LoadGenerator load;

    ConversationRounds(Settings settings, RoundMeter meter, PgBench pgbench, LoadGenerator load) {
        this.settings = settings;
        this.meter = meter;
        this.pgbench = pgbench;
        this.load = load;
    }

    List<Round> run(Contacts large, Contacts small) throws IOException, InterruptedException {
        load.converse(settings.conversationWarmUp(), atOnce(large, settings.conversationWarmUp()));
        for (int i = 0; i < settings.rounds(); i++) {
            meter.yardstick(pgbench);
            converse(FULL, atOnce(large, settings.round()));
        }
        double half = Report.medianRate(meter.rounds(), FULL) / 2;
        converse(HALF, atRate(large, half));
        converse(ALONE, atRate(small, half / TIMES));
        converse(BESIDE, atRate(small, half / TIMES), atRate(large, half));
        return meter.rounds();
    }

    private Flow atOnce(Contacts contacts, Duration time) {
        return Flow.atOnce(new Webhooks(load.server(), contacts), time);
    }

    private Flow atRate(Contacts contacts, double perSecond) {
        return Flow.atRate(perSecond, new Webhooks(load.server(), contacts), settings.round());
    }

    private void converse(String contender, Flow... flows) throws IOException, InterruptedException {
        meter.measure(contender, () -> load.converse(settings.round(), flows));
    }
}
