package dev.comuta.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Measures the rounds of one server. Each begins with vacuumed tables, and its figures are printed. */
final class RoundMeter {

    private final Settings settings;
    private final Database database;
    private final Cpu.Parts parts;
    private final List<Round> rounds = new ArrayList<>();

    RoundMeter(Settings settings, Database database, Cpu.Parts parts) {
        this.settings = settings;
        this.database = database;
        this.parts = parts;
    }

    /** Does the work of a round. */
    interface Contender {
        Measured run() throws IOException, InterruptedException;
    }

    /** The rounds so far, in their order. */
    List<Round> rounds() {
        return List.copyOf(rounds);
    }

    /** A round of the yardstick, whose tasks are then completed, so that the server does not run them. */
    void yardstick(PgBench pgbench) throws IOException, InterruptedException {
        measure(Round.PGBENCH, () -> pgbench.run(settings.round()));
        database.endTasks();
    }

    /** A round of webhooks. Accepted messages must be stored; rejected ones may be, because a response can be late. */
    void webhooks(String contender, Contender work) throws IOException, InterruptedException {
        long before = database.messages();
        Measured measured = measure(contender, work).measured();
        drain();
        long stored = database.messages() - before;
        if (stored < measured.accepted() || stored > measured.accepted() + measured.refused()) {
            throw new BenchFailure("%d messages were accepted and %d refused, but %d are stored"
                    .formatted(measured.accepted(), measured.refused(), stored));
        }
    }

    Round measure(String contender, Contender work) throws IOException, InterruptedException {
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
                database.openTasks(),
                database.work().since(before));
        rounds.add(round);
        System.err.println(round);
        return round;
    }

    /** Lets no task stay open. */
    void drain() throws InterruptedException {
        if (settings.turns()) {
            database.awaitNoOpenTasks();
        } else {
            database.endTasks();
        }
    }
}
