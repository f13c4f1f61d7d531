package dev.comuta.bench;

import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.SandboxOptions;
import dev.comuta.sandbox.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/** Whole conversations: the server beside pgbench, in turn, then at half its rate, then one client beside another. */
final class ConversationBench {

    /** The first channel and contact of each client: the yardstick's, the large one's, the small one's. */
    private static final int YARDSTICK = 0;

    private static final int LARGE = 100_000;
    private static final int SMALL = 200_000;

    private ConversationBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.forTests())) {
            run(Settings.fromEnvironment(), sandbox);
        } catch (BenchFailure failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
        }
    }

    private static void run(Settings settings, Sandbox sandbox) throws IOException, InterruptedException {
        Database database = new Database(sandbox.postgres());
        database.requireDurability();
        Files.createDirectories(IngestBench.RESULTS);
        ServerProcess server = IngestBench.startServer(settings, sandbox);
        Cpu.Parts parts = IngestBench.parts(server);
        try (LoadGenerator load = new LoadGenerator(server.baseUrl());
                Registrar registrar = new Registrar(server.baseUrl(), sandbox.platformKey())) {
            Sink sink = load.openSink();
            Contacts yardstick = new Contacts(registrar.register(Settings.CHANNELS), YARDSTICK, Settings.CONTACTS);
            PgBench pgbench = new PgBench(sandbox.postgres(), IngestBench.RESULTS, database.prepareSessions(yardstick));
            Contacts large = talkative(registrar, LARGE, sink);
            Contacts small = talkative(registrar, SMALL, sink);
            ConversationRounds rounds = new ConversationRounds(settings, database, pgbench, load, parts);
            ConversationReport report = rounds.run(large, small);
            report.write(IngestBench.RESULTS);
            System.out.println(report.markdown());
        }
    }

    private static Contacts talkative(Registrar registrar, int first, Sink sink) {
        List<Channel> channels = registrar.registerWithAssistant(first, Settings.CHANNELS / 2, sink.address());
        return new Contacts(channels, first, Settings.CONTACTS);
    }
}
