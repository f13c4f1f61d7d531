package dev.comuta.chaos;

import dev.comuta.sandbox.Registration;
import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.SandboxOptions;
import dev.comuta.sandbox.ServerOptions;
import dev.comuta.sandbox.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Runs one plan and prints the report; exits with 1 when a promise was broken. */
final class ChaosMain {

    private static final Path RESULTS = Path.of("target", "chaos").toAbsolutePath();
    private static final String PUBLIC_URL = "https://comuta.example";
    private static final Duration QUIET_WITHIN = Duration.ofMinutes(2);

    private ChaosMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        long seed = setting("CHAOS_SEED", System.nanoTime() & 0xffff_ffffL);
        int messages = (int) setting("CHAOS_MESSAGES", 20_000);
        int perSecond = (int) setting("CHAOS_PER_SECOND", 45);
        ChaosPlan plan = ChaosPlan.of(seed, messages, perSecond);
        Files.createDirectories(RESULTS);
        System.out.printf(
                "Seed %d: %d messages, %d deliveries%n",
                seed, messages, plan.deliveries().size());
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.forTests())) {
            ChaosReport report = run(sandbox, plan);
            Path file = RESULTS.resolve("chaos-" + seed + ".md");
            Files.writeString(file, report.markdown("seed " + seed + ", " + messages + " messages"));
            System.out.println(Files.readString(file));
            System.exit(report.kept() ? 0 : 1);
        }
    }

    private static ChaosReport run(Sandbox sandbox, ChaosPlan plan) throws InterruptedException {
        List<ServerProcess> servers = List.of(start(sandbox, "first"), start(sandbox, "second"));
        Registration.Registered client = sandbox.register(servers.getFirst());
        Journal journal = new Journal();
        Wrecker wrecker = new Wrecker(sandbox, servers);
        Collector collector = new Collector(sandbox);
        long startedAt = System.nanoTime();
        try (ProviderSide providers = new ProviderSide(
                new Envelope.Maker(client, PUBLIC_URL),
                servers.stream().map(ServerProcess::baseUrl).toList(),
                journal)) {
            providers.deliver(plan.deliveries());
            wrecker.run(plan.breaks());
            long repairedAt = System.nanoTime();
            providers.allAccepted(plan.lastDueSeconds() + QUIET_WITHIN.toSeconds());
            long acceptedAt = System.nanoTime();
            boolean quiet = awaitQuiet(collector, Math.max(repairedAt, acceptedAt));
            return new ChaosReport(
                    new Verdict(journal.entries(), collector.collect()),
                    journal,
                    wrecker.history(),
                    quiet,
                    Duration.ofNanos(System.nanoTime() - startedAt),
                    Duration.ofNanos(System.nanoTime() - Math.max(repairedAt, acceptedAt)));
        }
    }

    /** A server with production settings, except for waits that are longer than a run. */
    private static ServerProcess start(Sandbox sandbox, String name) {
        return sandbox.startServer(ServerOptions.onFreePort()
                .log(RESULTS.resolve(name + ".log"))
                .with("COMUTA_PUBLIC_URL", PUBLIC_URL)
                .with("COMUTA_TASKS_LONGEST_RETRY", "5s")
                .with("COMUTA_DELIVERY_CONFIRMATION_TIME", "20s"));
    }

    private static boolean awaitQuiet(Collector collector, long since) throws InterruptedException {
        while (collector.openTasks() > 0) {
            if (System.nanoTime() - since > QUIET_WITHIN.toNanos()) {
                return false;
            }
            Thread.sleep(Duration.ofMillis(500));
        }
        return true;
    }

    private static long setting(String name, long fallback) {
        String text = System.getenv(name);
        return text == null || text.isBlank() ? fallback : Long.parseLong(text);
    }
}
