package dev.comuta.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that the server depends on, in one object: database, broker, a proxy before each, the simulated providers,
 * the mailbox, and the servers started in it.
 *
 * <p>Closing ends the parts in the reverse order of their start. So does the end of the JVM.
 */
public final class Sandbox implements AutoCloseable {

    /** Files of all sandboxes of this machine. */
    private static final Path OBJECTS = Path.of(System.getProperty("java.io.tmpdir"), "comuta-objects");

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

    /** Starts everything except a server. */
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
        broker = track(
                switch (options.broker()) {
                    case PRIVATE -> SandboxBroker.launchPrivate();
                    case SHARED -> SandboxBroker.shared();
                    case ANY -> SandboxBroker.launchAny(options.qpidPort());
                });
        postgres = track(SandboxPostgres.launch(options.databasePort()));
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        running.push(() -> Waiting.on(vertx.close()));
        brokerProxy = track(TcpProxy.launch(vertx, broker.host(), broker.port()));
        databaseProxy = track(TcpProxy.launch(vertx, postgres.host(), postgres.port()));
        mailbox = track(Mailbox.launch(options.smtpPort()));
        providers = track(SimulatedProviders.launch(vertx, options.httpPort(), mailbox));
    }

    /** Starts the packaged server on a free port, connected through the proxies, and waits until it is ready. */
    public ServerProcess startServer() {
        return startServer(ServerOptions.onFreePort());
    }

    /** Starts a server with options. Its variables override those of the sandbox. Several servers may run. */
    public ServerProcess startServer(ServerOptions options) {
        return track(ServerProcess.launch(options.withDefaults(serverEnvironment())));
    }

    /** The environment that connects a server to this sandbox, without the port. */
    public Map<String, String> serverEnvironment() {
        SandboxPostgres.Login app = postgres.login(SandboxPostgres.APP);
        SandboxPostgres.Login cross = postgres.login(SandboxPostgres.CROSS);
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "COMUTA_DB_URL", "postgresql://127.0.0.1:%d/%s".formatted(databaseProxy.port(), postgres.database()));
        environment.put("COMUTA_DB_USERNAME", app.username());
        environment.put("COMUTA_DB_PASSWORD", app.password());
        environment.put("COMUTA_DB_CROSS_USERNAME", cross.username());
        environment.put("COMUTA_DB_CROSS_PASSWORD", cross.password());
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
        environment.put("COMUTA_OBJECTS_DIRECTORY", OBJECTS.toString());
        environment.put("COMUTA_OBJECTS_MINIMUM_FREE", "1M");
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

    /** Registers the client of the design document at a server, and its channels with the providers and phones. */
    public Registration.Registered register(ServerProcess server) {
        Registration.Registered registered =
                new Registration(server.baseUrl(), platformKey, providers.url()).register();
        providers.adopt(registered, server.baseUrl());
        return registered;
    }

    /**
     * Lets the times end now at which a task may be published again or claimed from a server that was killed; they end by
     * themselves within a minute. No server that runs tasks may be alive.
     */
    public void makeTasksDue() {
        String open = " where ClientID is not null and NotBefore is null and Status in ('Pendente', 'Em Andamento')";
        Object later = postgres.value(
                "select count(*) from BackgroundTasks" + open + " and DueAt > now() + interval '75 seconds'");
        if (!later.equals(0L)) {
            throw new IllegalStateException(later + " tasks are due later than in 75 seconds");
        }
        postgres.query("update BackgroundTasks set DueAt = now()" + open + " returning TaskID");
    }

    /** Registers a voice channel at the simulated LiveKit, with its trunk, its dispatch rule and an agent. */
    Registration.LiveKit registerLiveKit(ServerProcess server, Registration.Registered client) {
        Registration.LiveKit liveKit = new Registration(server.baseUrl(), platformKey, providers.url()).liveKit(client);
        providers.liveKit().register(liveKit.apiKey(), liveKit.apiSecret(), liveKit.trunkId(), liveKit.number());
        providers.liveKit().rule(liveKit.apiKey(), liveKit.number(), "in");
        providers.liveKit().agent(liveKit.apiKey(), LiveKitProvider.AGENT);
        return liveKit;
    }

    /** Shows the phones every channel that a client registers, and keeps the rates of WhatsApp. */
    void showAllChannels() {
        PlatformSql sql = PlatformSql.at(postgres.url(SandboxPostgres.OWNER));
        providers.channels(new ServerChannels("WhatsApp", sql, secretsKey));
        providers.voice().channels(new ServerChannels("VoiceCall", sql, secretsKey));
        providers.meta().rules(MetaRules.RATES);
    }

    public SandboxPostgres postgres() {
        return postgres;
    }

    public SandboxBroker broker() {
        return broker;
    }

    /** The proxy between the servers and the database. */
    public TcpProxy databaseProxy() {
        return databaseProxy;
    }

    /** The proxy between the servers and the broker. */
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

    /** Every secret that this sandbox gives to a server or a client, in clear text. */
    public List<String> secrets() {
        return List.of(
                platformKey,
                secretsKey,
                postgres.login(SandboxPostgres.APP).password(),
                postgres.login(SandboxPostgres.CROSS).password(),
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

    private <T extends AutoCloseable> T track(T part) {
        running.push(part);
        return part;
    }
}
