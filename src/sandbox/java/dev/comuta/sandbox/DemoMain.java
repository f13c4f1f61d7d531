package dev.comuta.sandbox;

import java.io.PrintStream;

/**
 * {@code make demo}: runs scenario 2 of the design document end to end and prints each step.
 *
 * <p>Uses the server of a running {@code make run}, or starts a whole run of its own. Exits with 0 when the answer
 * reached the phone; otherwise prints the failure and exits with 1.
 */
public final class DemoMain {

    private DemoMain() {}

    /** Needs no arguments. */
    public static void main(String[] arguments) {
        RunFile live = RunFile.live().orElse(null);
        int code = live == null ? runAndShow(Run.takeTerminal()) : show(live, System.out);
        System.exit(code);
    }

    private static int runAndShow(PrintStream terminal) {
        try (Run run = Run.start(terminal)) {
            return show(run.file(), terminal);
        } catch (RuntimeException e) {
            return failed(terminal, e);
        }
    }

    private static int show(RunFile run, PrintStream terminal) {
        try {
            new Demo(run, terminal).show();
            return 0;
        } catch (RuntimeException e) {
            return failed(terminal, e);
        }
    }

    private static int failed(PrintStream terminal, RuntimeException cause) {
        terminal.println("\nFailed: " + cause.getMessage());
        return 1;
    }
}
