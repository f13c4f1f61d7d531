package dev.comuta.journey;

import static org.awaitility.Awaitility.await;

import dev.comuta.journey.Api.Answer;
import dev.comuta.sandbox.RecordedRequest;
import dev.comuta.sandbox.Registration.Registered;
import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.SandboxOptions;
import dev.comuta.sandbox.SandboxOptions.Broker;
import dev.comuta.sandbox.ServerOptions;
import dev.comuta.sandbox.ServerProcess;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running installation: the packaged server as a process, a real database and broker, and the registered client of
 * the design document. Tests send HTTP requests, and check rows and the requests that the providers received.
 */
final class Comuta implements AutoCloseable {

    static final Duration TIMEOUT = Duration.ofSeconds(90);

    private static final AtomicInteger LAST_NUMBER = new AtomicInteger(50_000);
    private static Comuta shared;

    private final Sandbox sandbox;
    private final ServerOptions options;
    private final Registered registered;
    private ServerProcess server;

    private Comuta(Sandbox sandbox, ServerOptions options) {
        this.sandbox = sandbox;
        this.options = options;
        this.server = sandbox.startServer(options);
        this.registered = sandbox.register(server);
    }

    /** The instance that tests share until the JVM ends. A test leaves it as it found it. */
    static synchronized Comuta shared() {
        if (shared == null) {
            shared = startWithBroker(testOptions());
        }
        return shared;
    }

    /**
     * A separate instance, for a test that changes settings or stops parts except the broker. Its broker is that of the
     * separate instances before it, so at most one of them runs at a time.
     */
    static Comuta start(ServerOptions options) {
        return new Comuta(Sandbox.start(SandboxOptions.forTests().broker(Broker.SHARED)), options);
    }

    /** A separate instance with a broker of its own, for a test that stops it. */
    static Comuta startWithBroker(ServerOptions options) {
        return new Comuta(Sandbox.start(SandboxOptions.forTests().broker(Broker.PRIVATE)), options);
    }

    /**
     * A server with its shipped settings that starts fast: with its AOT cache, and without the optimizing compiler of
     * the JVM, which does not pay off in a server that runs for a minute.
     */
    static ServerOptions fastStart() {
        return ServerOptions.onFreePort().jvm(ServerOptions.shippedJvm()).jvm(List.of("-XX:TieredStopAtLevel=1"));
    }

    /** Settings for tests: short intervals, so that retries and sweeps happen during a test; the most detailed log. */
    static ServerOptions testOptions() {
        return fastStart()
                .with("COMUTA_LOG_OWN_LEVEL", "TRACE")
                .with("COMUTA_SIGN_IN_REQUESTS_PER_MINUTE", "1000")
                .with("COMUTA_TASKS_FIRST_RETRY", "200ms")
                .with("COMUTA_TASKS_SWEEP_INTERVAL", "0.5s")
                .with("COMUTA_TASKS_SWEEP_GAP", "2s")
                .with("COMUTA_TWILIO_REQUEST_TIME_LIMIT", "3s")
                .with("COMUTA_REQUESTS_BODY_TIME_LIMIT", "3s")
                .with("COMUTA_MEDIA_FETCH_ATTEMPTS", "3")
                .with("COMUTA_SESSION_IDLE_CHECK", "1s")
                .with("COMUTA_DELIVERY_CONFIRMATION_TIME", "3s")
                .with("COMUTA_CHANNELS_REPLAY_DELAY", "1s")
                .with("COMUTA_ASSISTANT_PRICE_PER_THOUSAND_TOKENS", "0.50")
                .with("COMUTA_ASSISTANT_PER_SESSION_COST", "10")
                .with("COMUTA_ASSISTANT_TOOL_ATTEMPTS", "3");
    }

    /** The same with traces, which are exported at once. */
    static ServerOptions tracingOptions() {
        return testOptions().with("OTEL_SDK_DISABLED", "false").with("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "200ms");
    }

    Sandbox sandbox() {
        return sandbox;
    }

    ServerProcess server() {
        return server;
    }

    Registered registered() {
        return registered;
    }

    /** Starts another server process on the same database and broker. Tests and providers use it from now on. */
    void startAnotherServer() {
        startAnotherServer(options);
    }

    /** The same with other settings. The former server keeps running, unless the test ended it. */
    void startAnotherServer(ServerOptions options) {
        server = sandbox.startServer(options);
        sandbox.providers().server(server.baseUrl());
    }

    /** As {@link Sandbox#makeTasksDue}. */
    void makeTasksDue() {
        sandbox.makeTasksDue();
    }

    /** A mobile number that no other test uses. */
    static String newNumber() {
        return "+55119987" + LAST_NUMBER.incrementAndGet();
    }

    /** A signed delivery with the body of scenario 2. */
    SignedDelivery delivery(String from, String text) {
        return Conversation.gateway(this).message(from, text);
    }

    /** The time of a message as providers write it, in seconds. An old message would go to people. */
    static String now() {
        return Long.toString(Instant.now().getEpochSecond());
    }

    Answer send(SignedDelivery delivery) {
        return delivery.send(this);
    }

    /** The platform's administrator. */
    Api platform() {
        return api(sandbox.platformKey());
    }

    /** The registered client. */
    Api client() {
        return api(registered.clientKey());
    }

    /** A caller without a key. */
    Api anonymous() {
        return api(null);
    }

    /** The management interface: probes and metrics. */
    Api management() {
        return management(server);
    }

    static Api management(ServerProcess server) {
        return new Api(server.managementUrl(), null).undocumented();
    }

    Api api(String key) {
        return new Api(server.baseUrl(), key);
    }

    /** The texts that the gateway received for a number, one per webhook-id, in order of arrival. */
    List<String> answersTo(String number) {
        Map<String, String> byId = new LinkedHashMap<>();
        for (RecordedRequest request : sandbox.providers().requests("gateway")) {
            // a verification asks the address whether it answers
            JsonObject body = request.body().isEmpty() ? new JsonObject() : new JsonObject(request.body());
            if (number.equals(body.getString("to")) && request.fault() == null) {
                byId.putIfAbsent(request.headers().get("webhook-id"), body.getString("message"));
            }
        }
        return List.copyOf(byId.values());
    }

    List<String> awaitAnswers(String number, int count) {
        await("answers to " + number)
                .atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> answersTo(number).size() >= count);
        return answersTo(number);
    }

    /** The first column of a query's rows, in their order. */
    List<Object> column(String sql, Object... parameters) {
        return sandbox.postgres().query(sql, parameters).stream()
                .map(row -> row.values().iterator().next())
                .toList();
    }

    Object value(String sql, Object... parameters) {
        return sandbox.postgres().value(sql, parameters);
    }

    /** Waits until no task is open whose time has come, or comes within a minute. */
    void awaitNoOpenTask() {
        await("no open task")
                .atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> openTasks() == 0);
    }

    long openTasks() {
        return ((Number) value(
                        "select count(*) from BackgroundTasks where ClientID is not null and Status in ('Pendente', 'Em Andamento')"
                                + " and coalesce(NotBefore, now()) < now() + interval '1 minute'"))
                .longValue();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
