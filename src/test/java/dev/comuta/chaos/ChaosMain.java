package dev.comuta.chaos;

import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Runs plans and prints their reports; exits with 1 when a promise was broken. */
final class ChaosMain {

    private static final Path RESULTS = Path.of("target", "bench", "chaos").toAbsolutePath();

    /** Production settings, except for waits that are longer than a run. */
    private static final Map<String, String> SETTINGS = Map.of(
            "COMUTA_TASKS_LONGEST_RETRY", "5s",
            "COMUTA_TASKS_COMPLETION_TIME_LIMIT", "12s",
            "COMUTA_DELIVERY_CONFIRMATION_TIME", "20s",
            "COMUTA_STREAM_STALL_TIMEOUT", "10s");

    /** Short limits, so that the tasks of a killed process are repeated within seconds. */
    private static final Map<String, String> SHORT = Map.of(
            "COMUTA_TASKS_LEASE_MARGIN", "2s",
            "COMUTA_TASKS_SWEEP_GAP", "3s",
            "COMUTA_DELIVERY_READ_TIME_LIMIT", "1s",
            "COMUTA_DELIVERY_TIME_LIMIT", "6s",
            "COMUTA_DELIVERY_CONFIRMATION_TIME", "3s",
            "COMUTA_META_SEND_TIME_LIMIT", "2s",
            "COMUTA_GATEWAY_SEND_TIME_LIMIT", "2s",
            "COMUTA_TWILIO_REQUEST_TIME_LIMIT", "2s",
            "COMUTA_ASSISTANT_TURN_TIME_LIMIT", "5s",
            "COMUTA_ASSISTANT_TOOL_TIME_LIMIT", "3s");

    private static final String HEAD = """
            | seed | attempts | refused or unanswered | 'Incerta' | quiet after, s | whole run, s | broken |
            |---|---|---|---|---|---|---|
            """;

    private ChaosMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        Files.createDirectories(RESULTS);
        long seed = setting("CHAOS_SEED", System.nanoTime() & 0xffff_ffffL);
        boolean kills = "kills".equals(System.getenv("CHAOS"));
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.forTests())) {
            boolean kept = kills ? kills(sandbox, seed, (int) setting("RUNS", 30)) : everything(sandbox, seed);
            System.exit(kept ? 0 : 1);
        }
    }

    private static boolean everything(Sandbox sandbox, long seed) throws IOException, InterruptedException {
        int messages = (int) setting("CHAOS_MESSAGES", 20_000);
        ChaosPlan plan = ChaosPlan.of(seed, messages, (int) setting("CHAOS_PER_SECOND", 45));
        ChaosReport report = run(Arena.open(sandbox, RESULTS, SETTINGS), plan, seed);
        System.out.println(report.markdown(title(seed, plan)));
        return report.kept();
    }

    /** Many short runs, in which only servers are killed, on one sandbox. */
    private static boolean kills(Sandbox sandbox, long seed, int runs) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(SHORT);
        Arena arena = Arena.open(sandbox, RESULTS, settings);
        StringBuilder rows = new StringBuilder(HEAD);
        boolean kept = true;
        for (int i = 0; i < runs; i++) {
            ChaosPlan plan = ChaosPlan.kills(seed + i, i);
            ChaosReport report = run(arena, plan, seed + i);
            rows.append(report.row(Long.toString(seed + i)));
            kept &= report.kept();
            System.out.print(
                    report.kept() ? report.row(Long.toString(seed + i)) : report.markdown(title(seed + i, plan)));
        }
        Files.writeString(RESULTS.resolve("kills-" + seed + ".md"), rows);
        System.out.println(rows);
        return kept;
    }

    /** Runs a plan and stores its report with all the evidence. */
    private static ChaosReport run(Arena arena, ChaosPlan plan, long seed) throws IOException, InterruptedException {
        System.out.println(title(seed, plan));
        ChaosReport report = arena.run(plan);
        Files.writeString(RESULTS.resolve("chaos-" + seed + ".md"), report.markdown(title(seed, plan)));
        Files.writeString(RESULTS.resolve("evidence-" + seed + ".md"), report.evidence(Integer.MAX_VALUE));
        return report;
    }

    private static String title(long seed, ChaosPlan plan) {
        return "seed %d, %d deliveries".formatted(seed, plan.deliveries().size());
    }

    private static long setting(String name, long fallback) {
        String text = System.getenv(name);
        return text == null || text.isBlank() ? fallback : Long.parseLong(text);
    }
}
