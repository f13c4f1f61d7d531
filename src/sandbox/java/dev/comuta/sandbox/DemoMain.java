package dev.comuta.sandbox;

import java.io.PrintStream;

/**
 * {@code make demo}: scenario 2 of the design document from end to end, shown step by step.
 *
 * <p>It uses the server of a {@code make run} that is live, or starts everything for the occasion.
 * It exits 0 when the answer reached the phone, and 1 saying what failed.
 */
public final class DemoMain {

    private DemoMain() {}

    /** Needs no arguments. */
    public static void main(String[] arguments) {
        RunFile live = RunFile.live().orElse(null);
        int code = live == null ? withOwnRun(Run.takeTerminal()) : show(live, System.out);
        System.exit(code);
    }

    private static int withOwnRun(PrintStream terminal) {
        terminal.println("Starting broker, database, sandbox and server ...");
        try (Run run = Run.start()) {
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
