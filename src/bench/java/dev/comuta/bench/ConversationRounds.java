package dev.comuta.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The rounds of a run of conversations. */
final class ConversationRounds {

    static final String FULL = "Comuta, 64 conversations at once";
    static final String HALF = "Comuta at half that rate";
    static final String ALONE = "a small client alone";
    static final String BESIDE = "the same beside one with 50 times its load";

    private static final int AT_ONCE = 64;
    private static final int TIMES = 50;

    /** A conversation runs more code than a webhook, which takes longer to be compiled and planned. */
    private static final int LONGER = 2;

    private final Settings settings;
    private final Database database;
    private final PgBench pgbench;
    private final LoadGenerator load;
    private final Cpu.Parts parts;
    private final List<Round> rounds = new ArrayList<>();
    private final List<Database.Work> works = new ArrayList<>();

    ConversationRounds(Settings settings, Database database, PgBench pgbench, LoadGenerator load, Cpu.Parts parts) {
        this.settings = settings;
        this.database = database;
        this.pgbench = pgbench;
        this.load = load;
        this.parts = parts;
    }

    /** Does the work of a round. */
    private interface Contender {
        Measured run() throws IOException, InterruptedException;
    }

    ConversationReport run(Contacts large, Contacts small) throws IOException, InterruptedException {
        Duration warmUp = settings.warmUp().multipliedBy(LONGER);
        load.converse(List.of(flow(large, warmUp)), warmUp);
        for (int i = 0; i < settings.rounds(); i++) {
            measure(Round.PGBENCH, () -> pgbench.run(settings.round()));
            database.endTasks();
            Flow flow = flow(large, settings.round());
            measure(FULL, () -> converse(flow, flow));
        }
        double half = Report.medianRate(rounds, FULL) / 2;
        Flow steady = flow(large, half);
        measure(HALF, () -> converse(steady, steady));
        Flow alone = flow(small, half / TIMES);
        measure(ALONE, () -> converse(alone, alone));
        Flow beside = flow(small, half / TIMES);
        Flow loud = flow(large, half);
        measure(BESIDE, () -> converse(beside, beside, loud));
        return new ConversationReport(Machine.here(database.version()), settings, rounds, works);
    }

    private Flow flow(Contacts contacts, Duration time) {
        return Flow.atOnce(AT_ONCE, new Webhooks(load.server(), contacts), contacts, time);
    }

    private Flow flow(Contacts contacts, double perSecond) {
        return Flow.atRate(perSecond, new Webhooks(load.server(), contacts), contacts, settings.round());
    }

    private Measured converse(Flow measured, Flow... flows) throws InterruptedException {
        load.converse(List.of(flows), settings.round());
        return measured.measured(settings.round());
    }

    private void measure(String contender, Contender work) throws IOException, InterruptedException {
        database.vacuum();
        Database.Work before = database.work();
        Cpu cpu = parts.now();
        long startedAt = System.nanoTime();
        Measured measured = work.run();
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        Round round = new Round(
                contender,
                measured,
                parts.now().since(cpu),
                seconds,
                parts.server().residentMib(),
                database.openTasks());
        rounds.add(round);
        works.add(database.work().since(before));
        System.err.println(round);
    }
}
