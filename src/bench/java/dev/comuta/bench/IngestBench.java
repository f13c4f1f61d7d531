package dev.comuta.bench;

import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.SandboxOptions;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.sandbox.ServerOptions;
import dev.comuta.sandbox.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Accepting messages: the server beside pgbench, in turn, on one database (docs/performance.md). */
final class IngestBench {

    static final Path RESULTS = Path.of("target", "bench").toAbsolutePath();

    private IngestBench() {}

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
        Files.createDirectories(RESULTS);
        ServerProcess server = startServer(settings, sandbox);
        Contacts contacts = new Contacts(register(server, sandbox), Settings.CONTACTS);
        Database.SessionIds sessions = database.prepareSessions(contacts);
        database.grow(sessions, settings.messages());
        PgBench pgbench = new PgBench(sandbox.postgres(), RESULTS, sessions);
        Cpu.Parts parts = parts(server);
        try (LoadGenerator load = new LoadGenerator(server.baseUrl())) {
            Webhooks webhooks = new Webhooks(server.baseUrl(), contacts);
            Report report = new Rounds(settings, database, pgbench, webhooks, load, parts).run();
            report.write(RESULTS);
            System.out.println(report.markdown());
        }
    }

    static Cpu.Parts parts(ServerProcess server) {
        return new Cpu.Parts(
                new ProcessTree(server.pid()), ProcessTree.ofProgram("postgres"), ProcessTree.ofProgram("beam.smp"));
    }

    private static List<Channel> register(ServerProcess server, Sandbox sandbox) {
        try (Registrar registrar = new Registrar(server.baseUrl(), sandbox.platformKey())) {
            return registrar.register(Settings.CHANNELS);
        }
    }

    /** Past the sandbox's proxies: they are there to be cut, and would cost the server what they cost. */
    static ServerProcess startServer(Settings settings, Sandbox sandbox) throws IOException {
        SandboxPostgres postgres = sandbox.postgres();
        Map<String, String> environment = Map.of(
                "COMUTA_DB_URL",
                "postgresql://%s:%d/%s".formatted(postgres.host(), postgres.port(), postgres.database()),
                "COMUTA_AMQP_URL",
                sandbox.broker().address().toString());
        List<String> jvm = new ArrayList<>(List.of(ServerOptions.SHIPPED_JVM));
        jvm.addAll(settings.serverJvm());
        if (!settings.turns()) {
            jvm.add("-Dmp.messaging.incoming.tasks-turn.enabled=false");
        }
        Path log = RESULTS.resolve("server.log");
        Files.deleteIfExists(log);
        return sandbox.startServer(new ServerOptions(0, environment, jvm, log));
    }
}
