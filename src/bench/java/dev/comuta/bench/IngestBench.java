package dev.comuta.bench;

import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.ServerProcess;
import java.io.IOException;
import java.util.List;

/** Accepting messages: the server beside pgbench, in turn, on one database (docs/performance.md). */
final class IngestBench {

    private IngestBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Bench.inSandbox(IngestBench::run);
    }

    private static void run(Settings settings, Sandbox sandbox) throws IOException, InterruptedException {
        Database database = Database.durable(sandbox.postgres());
        ServerProcess server = Bench.startServer(settings, sandbox);
        Contacts contacts = new Contacts(register(server, sandbox), Settings.CONTACTS);
        Database.SessionIds sessions = database.prepareSessions(contacts);
        database.grow(sessions, settings.messages());
        PgBench pgbench = new PgBench(sandbox.postgres(), Bench.RESULTS, sessions);
        RoundMeter meter = new RoundMeter(settings, database, Bench.parts(sandbox, server));
        try (LoadGenerator load = new LoadGenerator(server.baseUrl())) {
            Webhooks webhooks = new Webhooks(server.baseUrl(), contacts);
            List<Round> rounds = new Rounds(settings, meter, pgbench, webhooks, load).run();
            Report report = new Report(Machine.here(database.version()), settings, rounds);
            report.write(Bench.RESULTS);
            System.out.println(report.markdown());
        }
    }

    private static List<Channel> register(ServerProcess server, Sandbox sandbox) {
        try (Registrar registrar = new Registrar(server.baseUrl(), sandbox.platformKey())) {
            return registrar.register(Settings.CHANNELS);
        }
    }
}
