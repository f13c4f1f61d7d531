package dev.comuta.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything the server needs around it, in one object: database, broker, a proxy before each, the
 * simulated providers, the mailbox, and the servers started in it.
 *
 * <p>Closing ends what runs in the opposite order of its start; so does the end of the JVM.
 */
public final class Sandbox implements AutoCloseable {

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final String platformKey = Env.text("COMUTA_PLATFORM_KEY", "sandbox-" + Secrets.random());
    private final String secretsKey = Env.text("COMUTA_SECRETS_KEY", Secrets.key());
    private SandboxBroker broker;
    private SandboxPostgres postgres;
    private TcpProxy brokerProxy;
    private TcpProxy databaseProxy;
    private Mailbox mailbox;
    private SimulatedProviders providers;

    private Sandbox() {}

    /** Starts all of it but a server. */
    public static Sandbox start(SandboxOptions options) {
        Sandbox sandbox = new Sandbox();
        try {
            sandbox.launch(options);
            return sandbox;
        } catch (RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    private void launch(SandboxOptions options) {
        broker = keep(
                switch (options.broker()) {
                    case PRIVATE -> SandboxBroker.launchPrivate();
                    case SHARED -> SandboxBroker.shared();
                    case ANY -> SandboxBroker.launchAny(options.qpidPort());
                });
        postgres = keep(SandboxPostgres.launch(options.databasePort()));
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        running.push(() -> Waiting.on(vertx.close()));
        brokerProxy = keep(TcpProxy.launch(vertx, broker.host(), broker.port()));
        databaseProxy = keep(TcpProxy.launch(vertx, postgres.host(), postgres.port()));
        mailbox = keep(Mailbox.launch(options.smtpPort()));
        providers = keep(SimulatedProviders.launch(vertx, options.httpPort(), mailbox));
    }

    /** Starts the packaged server on a free port, connected through the proxies, and waits until it is ready. */
    public ServerProcess startServer() {
        return startServer(ServerOptions.onFreePort());
    }

    /** The same with options; its variables go before those of the sandbox. More than one server may run. */
    public ServerProcess startServer(ServerOptions options) {
        return keep(ServerProcess.launch(options.withDefaults(serverEnvironment())));
    }

    /** The environment with which a server finds this sandbox; the port is not in it. */
    public Map<String, String> serverEnvironment() {
        SandboxPostgres.Login app = postgres.login(SandboxPostgres.APP);
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "COMUTA_DB_URL", "postgresql://127.0.0.1:%d/%s".formatted(databaseProxy.port(), postgres.database()));
        environment.put("COMUTA_DB_USERNAME", app.username());
        environment.put("COMUTA_DB_PASSWORD", app.password());
        environment.put("COMUTA_DB_OWNER_USERNAME", owner.username());
        environment.put("COMUTA_DB_OWNER_PASSWORD", owner.password());
        environment.put("COMUTA_AMQP_URL", broker.urlThrough(brokerProxy.port()));
        environment.put("COMUTA_DEVELOPMENT", "true");
        environment.put("COMUTA_PLATFORM_KEY", platformKey);
        environment.put("COMUTA_SECRETS_KEY", secretsKey);
        environment.put(
                "COMUTA_OPENAI_BASE_URL", providers.url().resolve("/openai").toString());
        environment.put("COMUTA_OPENAI_API_KEY", OpenAiProvider.KEY);
        environment.put("COMUTA_META_VERIFY_TOKEN", MetaProvider.VERIFY_TOKEN);
        environment.put("COMUTA_META_APP_SECRET", MetaProvider.APP_SECRET);
        environment.put("COMUTA_META_BASE_URL", providers.url().toString());
        environment.put("COMUTA_TWILIO_BASE_URL", providers.url().toString());
        environment.put("COMUTA_OUTBOUND_LOCAL_NETWORKS", "true");
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", providers.url().toString());
        environment.put("COMUTA_SMTP_HOST", "127.0.0.1");
        environment.put("COMUTA_SMTP_PORT", Integer.toString(mailbox.port()));
        if (broker.kind() == SandboxBroker.Kind.EMBEDDED_QPID) {
            environment.put("COMUTA_TASKS_QUEUE_TYPE", "none");
        } else {
            environment.put("COMUTA_TASKS_QUEUE_TYPE", "quorum");
        }
        return environment;
    }

    /** Registers the client of the design document at a server; its channels become known to providers and phones. */
    public Registration.Registered register(ServerProcess server) {
        Registration.Registered registered =
                new Registration(server.baseUrl(), platformKey, providers.url()).register();
        providers.adopt(registered, server.baseUrl());
        return registered;
    }

    public SandboxPostgres postgres() {
        return postgres;
    }

    public SandboxBroker broker() {
        return broker;
    }

    /** Between the servers and the database. */
    public TcpProxy databaseProxy() {
        return databaseProxy;
    }

    /** Between the servers and the broker. */
    public TcpProxy brokerProxy() {
        return brokerProxy;
    }

    public SimulatedProviders providers() {
        return providers;
    }

    public Mailbox mailbox() {
        return mailbox;
    }

    /** The key of the platform's operator. */
    public String platformKey() {
        return platformKey;
    }

    /** Every secret that this sandbox gives to a server or a client, in the clear. */
    public List<String> secrets() {
        return List.of(
                platformKey,
                secretsKey,
                postgres.login(SandboxPostgres.APP).password(),
                postgres.login(SandboxPostgres.OWNER).password(),
                MetaProvider.ACCESS_TOKEN,
                MetaProvider.VERIFY_TOKEN,
                MetaProvider.APP_SECRET,
                CrmProvider.KEY,
                OpenAiProvider.KEY);
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.getLogger(Sandbox.class.getName()).log(System.Logger.Level.WARNING, "Cannot end a part", e);
            }
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        running.push(part);
        return part;
    }
}
