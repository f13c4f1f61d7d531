package dev.comuta.mass;

import dev.comuta.sandbox.MetaRules;
import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Runs the three checks and prints their reports; exits with 1 when a promise was broken. */
final class MassMain {

    private static final Path RESULTS = Path.of("target", "bench", "mass").toAbsolutePath();

    private MassMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        Files.createDirectories(RESULTS);
        long seed = setting("MASS_SEED", System.nanoTime() & 0xffff_ffffL);
        int recipients = (int) setting("MASS_RECIPIENTS", 2_000);
        int perSecond = (int) setting("MASS_PER_SECOND", MetaRules.STRICT.perSecond());
        Duration hold = Duration.ofSeconds(setting("MASS_HOLD_SECONDS", 75));
        System.out.printf("seed %d, %d messages per second of a number%n", seed, perSecond);
        boolean kept;
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.forTests())) {
            Hall hall = Hall.open(sandbox, RESULTS, settings(perSecond), rules(perSecond));
            kept = print(new ShuffledWebhooks(hall, 200, 20, "+5511960", seed).run());
            kept &= print(new TemplateStarts(hall, recipients, hold, false, seed).run());
            kept &= print(new TemplateStarts(hall, recipients, hold, true, seed).run());
        }
        System.exit(kept ? 0 : 1);
    }

    /** Production settings, except for a wait that is longer than a run. */
    private static Map<String, String> settings(int perSecond) {
        return Map.of(
                "COMUTA_PACE_MESSAGES_PER_SECOND",
                Integer.toString(perSecond),
                "COMUTA_DELIVERY_CONFIRMATION_TIME",
                "20s");
    }

    private static MetaRules rules(int perSecond) {
        MetaRules strict = MetaRules.STRICT;
        return new MetaRules(
                true,
                perSecond,
                strict.pairSeconds(),
                strict.pairBurst(),
                strict.mediaUrlSeconds(),
                strict.mediaRedirects());
    }

    private static boolean print(Report report) throws IOException {
        System.out.println("\n" + report.text());
        String name = report.title().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
        Files.writeString(RESULTS.resolve(name + ".txt"), report.text());
        return report.kept();
    }

    static long setting(String name, long fallback) {
        String text = System.getenv(name);
        return text == null || text.isBlank() ? fallback : Long.parseLong(text);
    }
}
