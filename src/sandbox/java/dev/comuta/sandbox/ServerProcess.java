package dev.comuta.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The packaged server as a real process, which can be killed, stopped, frozen and restarted on its port. */
public final class ServerProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final int port;
    private final int managementPort;
    private final ServerOptions options;
    private final Path log;
    private ChildProcess process;

    private ServerProcess(ServerOptions options) {
        this.options = options;
        port = Waiting.portOrFree(options.port());
        managementPort = Waiting.portOrFree(Env.number("COMUTA_MANAGEMENT_PORT", 0));
        log = options.log() == null
                ? Lifeline.temporaryDirectory("server").resolve("server.log")
                : options.log().toAbsolutePath();
    }

    /** Starts the server and waits until it is ready. */
    public static ServerProcess launch(ServerOptions options) {
        ServerProcess server = new ServerProcess(options);
        if (!Files.exists(server.jar())) {
            throw new IllegalStateException("The server is not packaged: " + server.jar() + " is missing");
        }
        server.start();
        return server;
    }

    /** Starts the server and waits until it is ready; no effect when it runs. */
    public void start() {
        if (alive()) {
            return;
        }
        spawn();
        boolean ready = Waiting.until(TIMEOUT, () -> !process.alive() || ready());
        if (!process.alive()) {
            throw process.failure("ended during its start");
        }
        if (!ready) {
            kill();
            throw process.failure("was not ready after " + TIMEOUT.toSeconds() + " s");
        }
    }

    /** Whether GET /q/health/ready returns 200 now. */
    public boolean ready() {
        return isReady(managementUrl()) || isReady(baseUrl());
    }

    /**
     * Whether the server with this management interface is ready now. For a build without one, which bench/compare may
     * start, it is the address of its API.
     */
    static boolean isReady(URI management) {
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            HttpRequest request = HttpRequest.newBuilder(management.resolve("/q/health/ready"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Crashes the server (SIGKILL). */
    public void kill() {
        process.kill();
    }

    /** Shuts the server down (SIGTERM), and kills it after 60 s. */
    public void stop() {
        if (alive()) {
            thaw();
            process.end("TERM", TIMEOUT);
        }
    }

    /** Freezes the server (SIGSTOP): it keeps its connections and answers nothing. */
    public void freeze() {
        process.signal("STOP");
    }

    /** Resumes a frozen server (SIGCONT). */
    public void thaw() {
        process.signal("CONT");
    }

    public boolean alive() {
        return process != null && process.alive();
    }

    public long pid() {
        return process.pid();
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The address of probes and metrics. */
    public URI managementUrl() {
        return URI.create("http://127.0.0.1:" + managementPort);
    }

    /** The log file of the server. */
    public Path log() {
        return log;
    }

    @Override
    public void close() {
        stop();
    }

    private Path jar() {
        return options.checkout().resolve(JAR).toAbsolutePath();
    }

    private void spawn() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options.jvmArguments());
        command.addAll(List.of("-jar", jar().toString()));
        ServerOptions complete = options.withDefaults(Map.of(
                "COMUTA_PORT",
                Integer.toString(port),
                "COMUTA_MANAGEMENT_PORT",
                Integer.toString(managementPort),
                "COMUTA_PUBLIC_URL",
                baseUrl().toString()));
        process = ChildProcess.start(
                "The server",
                command,
                complete.environment(),
                options.checkout().toAbsolutePath(),
                log);
    }
}
