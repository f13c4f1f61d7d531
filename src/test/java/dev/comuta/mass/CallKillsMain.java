package dev.comuta.mass;

import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.SandboxOptions;
import java.util.Locale;

/** Runs {@link DialKills} and prints its report; exits with 1 when a promise was broken. */
final class CallKillsMain {

    private CallKillsMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Locale.setDefault(Locale.ROOT);
        boolean kept;
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.forTests())) {
            Report report = DialKills.in(
                            sandbox,
                            (int) MassMain.setting("KILLS", 30),
                            MassMain.setting("MASS_SEED", System.nanoTime() & 0xffff_ffffL))
                    .run();
            System.out.println(report.text());
            kept = report.kept();
        }
        System.exit(kept ? 0 : 1);
    }
}
