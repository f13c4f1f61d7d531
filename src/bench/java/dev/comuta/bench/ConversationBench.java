package dev.comuta.bench;

import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.ServerProcess;
import java.io.IOException;
import java.util.List;

/** Whole conversations: the server beside pgbench, in turn, then at half its rate, then one client beside another. */
final class ConversationBench {

    /** The first channel and contact of each client: the yardstick's, the large one's, the small one's. */
    private static final int YARDSTICK = 0;

    private static final int LARGE = 100_000;
    private static final int SMALL = 200_000;

    private ConversationBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Bench.inSandbox(ConversationBench::run);
    }

    private static void run(Settings settings, Sandbox sandbox) throws IOException, InterruptedException {
        Database database = Database.durable(sandbox.postgres());
        ServerProcess server = Bench.startServer(settings, sandbox);
        RoundMeter meter = new RoundMeter(settings, database, Bench.parts(sandbox, server));
        try (LoadGenerator load = new LoadGenerator(server.baseUrl());
                Registrar registrar = new Registrar(server.baseUrl(), sandbox.platformKey())) {
            Sink sink = load.openSink();
            Contacts yardstick = new Contacts(registrar.register(Settings.CHANNELS), YARDSTICK, Settings.CONTACTS);
            PgBench pgbench = new PgBench(sandbox.postgres(), Bench.RESULTS, database.prepareSessions(yardstick));
            Contacts large = registrar.registerTalkative(LARGE, sink.address());
            Contacts small = registrar.registerTalkative(SMALL, sink.address());
            List<Round> rounds = new ConversationRounds(settings, meter, pgbench, load).run(large, small);
            ConversationReport report = new ConversationReport(Machine.here(database.version()), settings, rounds);
            report.write(Bench.RESULTS);
            System.out.println(report.markdown());
        }
    }
}
