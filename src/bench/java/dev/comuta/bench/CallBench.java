package dev.comuta.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;

/**
 * Incoming calls at a steady rate: the time from the first news of a call, which opens a session and a call, to the
 * document with its first steps (docs/performance.md).
 */
final class CallBench {

    private static final double PER_SECOND = 200;

    /** No call of the bench has a second news: the questions about all of them to the provider would be measured, too. */
    private static final String NO_QUESTIONS = "-Dcomuta.calls.check-after=10m";

    private CallBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Bench.inSandbox(CallBench::run);
    }

    private static void run(Settings settings, Sandbox sandbox) throws IOException, InterruptedException {
        Database database = Database.durable(sandbox.postgres());
        ServerProcess server = Bench.startServer(settings.serverJvm(NO_QUESTIONS), sandbox);
        try (Registrar registrar = new Registrar(server.baseUrl(), sandbox.platformKey());
                LoadGenerator load = new LoadGenerator(server.baseUrl())) {
            Contacts contacts = new Contacts(registrar.registerVoice(Settings.CHANNELS), Settings.CONTACTS);
            Webhooks calls = new Webhooks(server.baseUrl(), contacts, Dialect.CALL);
            measure(load, calls, settings.conversationWarmUp());
            Measured measured = measure(load, calls, settings.round());
            report(measured, database);
        }
    }

    private static Measured measure(LoadGenerator load, Webhooks calls, Duration time) throws InterruptedException {
        return load.atRate(PER_SECOND, calls.prepare(PER_SECOND, time), time);
    }

    private static void report(Measured measured, Database database) throws IOException {
        Map<String, Object> figures = Map.of(
                "perSecond", measured.perSecond(),
                "refused", measured.refused(),
                "p50", measured.millis(50),
                "p95", measured.millis(95),
                "p99", measured.millis(99),
                "max", measured.millis(100),
                "machine", Machine.here(database.version()).toString());
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(Bench.RESULTS.resolve("calls.json").toFile(), figures);
        String line =
                "%.0f calls per second, %d refused; document after p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms"
                        .formatted(
                                measured.perSecond(),
                                measured.refused(),
                                measured.millis(50),
                                measured.millis(95),
                                measured.millis(99),
                                measured.millis(100));
        Files.writeString(Bench.RESULTS.resolve("calls.md"), line + "\n");
        System.out.println(line);
    }
}
