package dev.comuta.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Runs the simulated providers, the phone page and the mailbox for a server that runs elsewhere (compose.sandbox.yaml),
 * until SIGTERM. Unlike the rest of the sandbox they listen on every address of this machine.
 */
public final class ProvidersMain {

    private static final String EVERY_ADDRESS = "0.0.0.0";
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

    private ProvidersMain() {}

    /** Needs no arguments; addresses and the platform's key come from environment variables. */
    public static void main(String[] arguments) {
        SandboxOptions ports = SandboxOptions.forRun();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        Mailbox mailbox = Mailbox.launch(EVERY_ADDRESS, ports.smtpPort());
        SimulatedProviders providers = SimulatedProviders.launch(vertx, EVERY_ADDRESS, ports.httpPort(), mailbox);
        System.out.printf("Providers and phone on port %d, mail on port %d.%n", ports.httpPort(), mailbox.port());
        server().ifPresent(server -> register(server, providers));
    }

    private static Optional<URI> server() {
        return Optional.of(Env.text("COMUTA_SANDBOX_SERVER_URL", ""))
                .filter(text -> !text.isEmpty())
                .map(URI::create);
    }

    /** The address of the server's probes. */
    private static URI management(URI server) {
        return URI.create(Env.text("COMUTA_SANDBOX_MANAGEMENT_URL", "http://%s:9000".formatted(server.getHost())));
    }

    /**
     * Registers the client of the design document. When the server already has it, registration fails and the phone
     * cannot write to the server.
     */
    private static void register(URI server, SimulatedProviders providers) {
        if (!Waiting.until(START_TIMEOUT, () -> ServerProcess.isReady(management(server)))) {
            System.out.println("The server was not ready in time. Nothing is registered.");
            return;
        }
        URI here = URI.create(Env.text("COMUTA_SANDBOX_URL", providers.url().toString()));
        try {
            providers.address(here);
            Registration registration = new Registration(server, Env.text("COMUTA_PLATFORM_KEY", ""), here);
            providers.adopt(registration.register(), server);
            System.out.println("Registered " + Registration.NUMBER + ": the phone page writes to it.");
        } catch (IllegalStateException refused) {
            System.out.println("Nothing is registered: " + refused.getMessage());
        }
    }
}
