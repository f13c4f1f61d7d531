package dev.comuta.bench;

import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.SandboxBroker.Kind;
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

/** The common frame of the benchmarks: settings, sandbox, server, folder of results. */
final class Bench {

    static final Path RESULTS = Path.of("target", "bench").toAbsolutePath();

    private Bench() {}

    /** The body of a benchmark. */
    interface Body {
        void run(Settings settings) throws IOException, InterruptedException;
    }

    /** The body of a benchmark of one server. */
    interface SandboxBody {
        void run(Settings settings, Sandbox sandbox) throws IOException, InterruptedException;
    }

    /** Runs the body; exits with 1 and the reason when there is no figure. */
    static void main(Body body) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        try {
            Files.createDirectories(RESULTS);
            body.run(Settings.fromEnvironment());
        } catch (BenchFailure failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
        }
    }

    /** The same with a sandbox. */
    static void inSandbox(SandboxBody body) throws IOException, InterruptedException {
        main(settings -> {
            try (Sandbox sandbox = startSandbox()) {
                body.run(settings, sandbox);
            }
        });
    }

    /** A sandbox whose database and broker are its own, because their CPU time is measured. */
    static Sandbox startSandbox() {
        Sandbox sandbox = Sandbox.start(SandboxOptions.forTests());
        if (sandbox.postgres().embedded() && sandbox.broker().kind() == Kind.PRIVATE_RABBITMQ) {
            return sandbox;
        }
        sandbox.close();
        throw new BenchFailure("The benchmark starts its own PostgreSQL and RabbitMQ: install rabbitmq-server, and "
                + "unset COMUTA_DB_URL and COMUTA_AMQP_URL");
    }

    /** The server of this checkout. */
    static ServerProcess startServer(Settings settings, Sandbox sandbox) throws IOException {
        return startServer(settings, sandbox, Path.of(""), "server.log");
    }

    /** The server of a checkout. It bypasses the proxies of the sandbox, which would cost CPU time. */
    static ServerProcess startServer(Settings settings, Sandbox sandbox, Path checkout, String log) throws IOException {
        SandboxPostgres postgres = sandbox.postgres();
        Map<String, String> environment = Map.of(
                "COMUTA_DB_URL",
                "postgresql://%s:%d/%s".formatted(postgres.host(), postgres.port(), postgres.database()),
                "COMUTA_AMQP_URL",
                sandbox.broker().address().toString(),
                // connections of the load wait while another part is measured
                "QUARKUS_HTTP_IDLE_TIMEOUT",
                "30M");
        List<String> jvm = new ArrayList<>(List.of(ServerOptions.SHIPPED_JVM));
        jvm.addAll(settings.serverJvm());
        if (!settings.turns()) {
            jvm.add("-Dmp.messaging.incoming.tasks-turn.enabled=false");
        }
        Files.deleteIfExists(RESULTS.resolve(log));
        return sandbox.startServer(new ServerOptions(0, environment, jvm, RESULTS.resolve(log), checkout));
    }

    static Cpu.Parts parts(Sandbox sandbox, ServerProcess server) {
        return new Cpu.Parts(
                new ProcessTree(server.pid()),
                new ProcessTree(sandbox.postgres().pid()),
                new ProcessTree(sandbox.broker().pid()));
    }
}
