package dev.comuta.bench;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The rounds of a run, one contender after the other. */
final class Rounds {

    /** More a second than the server accepts on such a machine: so many requests are prepared. */
    private static final double FASTEST = 15_000;

    /** How long the warm-up refuses what is too much, so that this is compiled as well. */
    private static final Duration CROWDED = Duration.ofSeconds(5);

    private final Settings settings;
    private final Database database;
    private final PgBench pgbench;
    private final Webhooks webhooks;
    private final LoadGenerator load;
    private final Cpu.Parts parts;
    private final List<Round> rounds = new ArrayList<>();

    Rounds(
            Settings settings,
            Database database,
            PgBench pgbench,
            Webhooks webhooks,
            LoadGenerator load,
            Cpu.Parts parts) {
        this.settings = settings;
        this.database = database;
        this.pgbench = pgbench;
        this.webhooks = webhooks;
        this.load = load;
        this.parts = parts;
    }

    /** Does the work of a round. */
    private interface Contender {
        Measured run() throws IOException, InterruptedException;
    }

    Report run() throws IOException, InterruptedException {
        warmUp();
        for (int i = 0; i < settings.rounds(); i++) {
            measure(Round.PGBENCH, () -> pgbench.run(settings.round()));
            database.endTasks();
            Buffer[] requests = prepare(FASTEST, settings.round());
            measureServer(Round.SERVER, () -> load.atFullSpeed(requests, settings.round()));
        }
        double full = Report.medianRate(rounds, Round.SERVER);
        Buffer[] half = prepare(full / 2, settings.round());
        measureServer(Round.HALF_LOAD, () -> load.atRate(full / 2, half, settings.round()));
        Buffer[] twice = prepare(full * 2, settings.round());
        measureServer(Round.OVERLOAD, () -> load.inACrowd(full * 2, twice, settings.round()));
        Buffer[] again = prepare(FASTEST, settings.round());
        measureServer(Round.AFTERWARDS, () -> load.atFullSpeed(again, settings.round()));
        return new Report(Machine.here(database.version()), settings, rounds);
    }

    private void warmUp() throws InterruptedException {
        say("warm-up");
        load.atFullSpeed(prepare(FASTEST, settings.warmUp()), settings.warmUp());
        drain();
        load.inACrowd(FASTEST, prepare(FASTEST, CROWDED), CROWDED);
        drain();
    }

    /** What was accepted must be stored; what was refused may be, because an answer can be late. */
    private void measureServer(String contender, Contender work) throws IOException, InterruptedException {
        long before = database.messages();
        Measured measured = measure(contender, work).measured();
        drain();
        long stored = database.messages() - before;
        if (stored < measured.accepted() || stored > measured.accepted() + measured.refused()) {
            throw new BenchFailure("%d messages were accepted and %d refused, but %d are stored"
                    .formatted(measured.accepted(), measured.refused(), stored));
        }
    }

    private Round measure(String contender, Contender work) throws IOException, InterruptedException {
        database.vacuum();
        Cpu before = parts.now();
        long startedAt = System.nanoTime();
        Measured measured = work.run();
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        Round round = new Round(
                contender,
                measured,
                parts.now().since(before),
                seconds,
                parts.server().residentMib(),
                database.openTasks());
        rounds.add(round);
        say(round.toString());
        return round;
    }

    private Buffer[] prepare(double perSecond, Duration time) {
        return webhooks.prepare((int) (perSecond * time.toSeconds() * 1.1));
    }

    private void drain() throws InterruptedException {
        if (settings.turns()) {
            database.awaitNoOpenTasks();
        } else {
            database.endTasks();
        }
    }

    private static void say(String line) {
        System.err.println(line);
    }
}
