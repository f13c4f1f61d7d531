package dev.comuta.sandbox;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A complete Comuta on this machine: sandbox, server and the registered client, described by target/run.json. */
final class Run implements AutoCloseable {

    /** Row-level security hides all rows from the owner, so psql sets the platform role when it connects. */
    private static final String AS_PLATFORM = "?options=-c%20role%3Dcomuta_platform";

    private static final Path LOGS = Path.of("target", "run").toAbsolutePath();
    private static final Path SERVER_LOG = LOGS.resolve("server.log");
    private static final Path SANDBOX_LOG = LOGS.resolve("sandbox.log");

    private final Sandbox sandbox;
    private final RunFile file;

    private Run(Sandbox sandbox, RunFile file) {
        this.sandbox = sandbox;
        this.file = file;
    }

    /** Redirects the output of this JVM to the sandbox's log and returns the terminal. */
    static PrintStream takeTerminal() {
        PrintStream terminal = System.out;
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        try {
            Files.createDirectories(LOGS);
            Files.deleteIfExists(SERVER_LOG);
            PrintStream log = new PrintStream(Files.newOutputStream(SANDBOX_LOG), true, StandardCharsets.UTF_8);
            System.setOut(log);
            System.setErr(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return terminal;
    }

    /**
     * Starts everything on the default ports. When one part fails to start, the started parts are ended.
     *
     * @param terminal where the steps are printed
     */
    static Run start(PrintStream terminal) {
        RunFile.delete();
        int port = Env.number("COMUTA_PORT", 8080);
        requireFree(port);
        terminal.println("Starting, about 20 seconds:\n  broker, database and simulated providers ...");
        Sandbox sandbox = Sandbox.start(SandboxOptions.forRun());
        try {
            terminal.println("  server ...");
            ServerProcess server = sandbox.startServer(
                    new ServerOptions(port, Map.of(), ServerOptions.shippedJvm(), SERVER_LOG, Path.of("")));
            terminal.println("  company of the example ...");
            Registration.Registered registered = sandbox.register(server);
            RunFile file = describe(sandbox, server, registered, sandbox.registerLiveKit(server, registered));
            sandbox.showAllChannels();
            file.write();
            return new Run(sandbox, file);
        } catch (RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    RunFile file() {
        return file;
    }

    SandboxBroker.Kind broker() {
        return sandbox.broker().kind();
    }

    /** Ends server, sandbox, database and broker, in this order. */
    @Override
    public void close() {
        RunFile.delete();
        sandbox.close();
    }

    /** Without this check, another program on the port could be mistaken for the server. */
    private static void requireFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return;
        } catch (IOException e) {
            throw new IllegalStateException("Port " + port + " is in use; set COMUTA_PORT", e);
        }
    }

    private static RunFile describe(
            Sandbox sandbox, ServerProcess server, Registration.Registered registered, Registration.LiveKit liveKit) {
        return new RunFile(
                server.baseUrl(),
                server.managementUrl(),
                sandbox.providers().url(),
                sandbox.postgres().url(SandboxPostgres.OWNER) + AS_PLATFORM,
                sandbox.postgres().url(SandboxPostgres.APP),
                sandbox.broker().address().toString(),
                sandbox.platformKey(),
                registered.clientId(),
                registered.clientKey(),
                Map.of(
                        "whatsapp", RunFile.Channel.of(registered.whatsapp()),
                        "voice", RunFile.Channel.of(registered.voice()),
                        "livekit", new RunFile.Channel(liveKit.channelId(), liveKit.number(), null)),
                new RunFile.Meta(MetaProvider.VERIFY_TOKEN, MetaProvider.APP_SECRET, MetaProvider.PHONE_NUMBER_ID),
                RunFile.Twilio.of(registered.twilio()),
                RunFile.LiveKit.of(liveKit),
                Map.of(
                        "server",
                        server.pid(),
                        "sandbox",
                        ProcessHandle.current().pid()),
                Map.of("server", SERVER_LOG.toString(), "sandbox", SANDBOX_LOG.toString()));
    }
}
