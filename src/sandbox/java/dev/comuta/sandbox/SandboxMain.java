package dev.comuta.sandbox;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/** {@code make run}: the server and everything that it depends on, until Ctrl-C or SIGTERM. */
public final class SandboxMain {

    private SandboxMain() {}

    /** Needs no arguments; the ports come from environment variables. */
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream terminal = Run.takeTerminal();
        try {
            Run run = Run.start(terminal);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(run), "end"));
            describe(run, terminal);
            new CountDownLatch(1).await();
        } catch (RuntimeException e) {
            terminal.println(e.getMessage());
            System.exit(1);
        }
    }

    /** Ends everything in order and exits with 0, because the end was requested. */
    private static void end(Run run) {
        run.close();
        Runtime.getRuntime().halt(0);
    }

    private static void describe(Run run, PrintStream terminal) {
        RunFile file = run.file();
        terminal.printf(
                """

                Comuta is ready.
                  server    %s
                  probes    %s/q/health/ready
                  phone     %s/
                  database  psql %s
                  broker    %s (%s)
                  logs      %s
                            %s
                  scripts   target/run.json

                A signed message, to paste into a shell at any time:

                %s
                Press Ctrl-C to stop.
                """,
                file.serverUrl(),
                file.managementUrl(),
                file.sandboxUrl(),
                file.dbUrl(),
                file.amqpUrl(),
                run.broker(),
                file.logs().get("server"),
                file.logs().get("sandbox"),
                SignedCurl.script(file.serverUrl(), file.channels().get("whatsapp")));
    }
}
