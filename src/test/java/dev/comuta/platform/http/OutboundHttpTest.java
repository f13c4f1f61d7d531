package dev.comuta.platform.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.trace.Tracing;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SelfSignedCertificate;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests on the wire, with servers on this machine in place of the Internet. */
class OutboundHttpTest {

    private static final Tracing UNTRACED = new Tracing(OpenTelemetry.noop(), () -> true);
    private static final String NAME = "crm.example.com";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Vertx vertx = Vertx.vertx();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void connectsToTheCheckedAddressUnderTheNameOfTheUrl() {
        int port = listen("127.0.0.1", request -> request.response().end("oi"));

        Buffer answer = development("127.0.0.1").send(call(url(port))).await().indefinitely();

        assertEquals("oi", answer.toString());
        assertEquals(List.of("127.0.0.1 " + NAME + ":" + port), List.copyOf(heard));
    }

    @Test
    void verifiesTheCertificateAgainstTheName() {
        SelfSignedCertificate certificate = SelfSignedCertificate.create(NAME);
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setSni(true)
                        .setKeyCertOptions(certificate.keyCertOptions()))
                .requestHandler(request ->
                        request.response().end(request.connection().indicatedServerName() + " " + request.authority()));
        int port = started(server, "127.0.0.1");
        HttpClientOptions trusting = new HttpClientOptions().setTrustOptions(certificate.trustOptions());
        OutboundHttp http = new OutboundHttp(
                vertx, guard(development(), resolver("127.0.0.1")), UNTRACED, Clock.systemUTC(), trusting);

        assertEquals(
                NAME + " " + NAME + ":" + port,
                http.send(call("https://" + NAME + ":" + port + "/"))
                        .await()
                        .indefinitely()
                        .toString());
        assertThrows(
                TransientFailure.class,
                () -> http.send(call("https://other.example.com:" + port + "/"))
                        .await()
                        .indefinitely(),
                "another name than the certificate's");
    }

    @Test
    void queriesTheNameServerOnceEvenWhenItsAnswerChanges() {
        int port = listen("127.0.0.2", request -> request.response().end("looked at"));
        listen("127.0.0.3", port, request -> request.response().end("put in its place"));
        try (TinyNameServer names = new TinyNameServer(List.of(address("127.0.0.2"), address("127.0.0.3")))) {
            OutboundHttp http = new OutboundHttp(vertx, guard(development(), dns(names)), UNTRACED, Clock.systemUTC());

            assertEquals(
                    "looked at",
                    http.send(call(url(port))).await().indefinitely().toString());
            assertEquals(1, names.queries());
        }
    }

    @Test
    void doesNotConnectWhenTheNameServerAnswersWithThisMachine() {
        int port = listen("127.0.0.1", request -> request.response().end("secret"));
        try (TinyNameServer names = new TinyNameServer(List.of(address("127.0.0.1")))) {
            OutboundHttp http = new OutboundHttp(
                    vertx, guard(OutboundSettings.production(), dns(names)), UNTRACED, Clock.systemUTC());

            assertThrows(PermanentFailure.class, () -> http.send(call("https://" + NAME + ":" + port + "/"))
                    .await()
                    .indefinitely());
            assertEquals(1, names.queries());
            assertTrue(heard.isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:%d/", "//127.0.0.1:%d/", "/elsewhere", "https://169.254.169.254/"})
    void followsNoRedirect(String location) {
        int port = listen("127.0.0.1", request -> request.response()
                .setStatusCode(307)
                .putHeader("Location", location.formatted(request.localAddress().port()))
                .end());

        assertThrows(
                PermanentFailure.class,
                () -> development("127.0.0.1").send(call(url(port))).await().indefinitely());
        assertEquals(1, heard.size());
    }

    @Test
    void failsOnAResponseThatIsTooLarge() {
        int port = listen(
                "127.0.0.1",
                request -> request.response().setChunked(true).end(Buffer.buffer(new byte[(1 << 20) + 1])));

        assertThrows(
                PermanentFailure.class,
                () -> development("127.0.0.1").send(call(url(port))).await().indefinitely());
    }

    @Test
    void failsOnAResponseThatIsTooSlow() {
        int port = listen("127.0.0.1", request -> {
            request.response().setChunked(true).write("a");
            vertx.setPeriodic(50, t -> request.response().write("a"));
        });
        HttpCall call = new HttpCall("GET", url(port), Map.of(), null, Duration.ofMillis(400), new UrlSource.Client(1));

        TransientFailure late = assertThrows(
                TransientFailure.class,
                () -> development("127.0.0.1").send(call).await().atMost(LIMIT));
        assertTrue(late.mayHaveArrived());
    }

    @Test
    void cutsOffNoOtherCallWhenItRefusesAnAnswer() {
        int port = listen("127.0.0.1", request -> request.response()
                .setStatusCode(request.path().equals("/busy") ? 503 : 200)
                .end("answer"));
        OutboundHttp http = development("127.0.0.1");
        List<Context> loops = Stream.generate(this::loop).limit(4).toList();

        List<String> failures = Multi.createFrom()
                .range(0, 4_000)
                .onItem()
                .transformToUni(i -> outcome(http, url(port) + (i % 2 == 0 ? "busy" : ""), loops.get(i / 2 % 4)))
                .merge(400)
                .filter(outcome -> !outcome.equals("answer") && !outcome.contains("503"))
                .collect()
                .asList()
                .await()
                .atMost(Duration.ofSeconds(30));

        assertEquals(List.of(), failures);
    }

    /** A context of its own: every thread gets another event loop. */
    private Context loop() {
        return CompletableFuture.supplyAsync(vertx::getOrCreateContext, task -> new Thread(task).start())
                .join();
    }

    private Uni<String> outcome(OutboundHttp http, String url, Context loop) {
        return Uni.createFrom()
                .emitter(emitter -> loop.runOnContext(v -> http.send(call(url))
                        .map(Buffer::toString)
                        .onFailure()
                        .recoverWithItem(Throwable::toString)
                        .subscribe()
                        .with(emitter::complete, emitter::fail)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\u0000b", "a\u007fb", "á", "a\u2028b"})
    void sendsNoHeaderThatInjectsALine(String value) {
        int port = listen("127.0.0.1", request -> request.response().end());
        HttpCall call = new HttpCall("GET", url(port), Map.of("X-Key", value), null, LIMIT, new UrlSource.Client(1));

        assertThrows(
                PermanentFailure.class,
                () -> development("127.0.0.1").send(call).await().indefinitely());
        assertTrue(heard.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Host", "content-length", "Transfer-Encoding", "Connection", "X Key", "X:Key", "X\r\nY", ""})
    void sendsNoHeaderThatControlsTheConnection(String name) {
        int port = listen("127.0.0.1", request -> request.response().end());
        HttpCall call = new HttpCall("GET", url(port), Map.of(name, "1"), null, LIMIT, new UrlSource.Client(1));

        assertThrows(
                PermanentFailure.class,
                () -> development("127.0.0.1").send(call).await().indefinitely());
        assertTrue(heard.isEmpty());
    }

    private int listen(String address, Handler<HttpServerRequest> handler) {
        return listen(address, 0, handler);
    }

    private int listen(String address, int port, Handler<HttpServerRequest> handler) {
        HttpServer server = vertx.createHttpServer().requestHandler(request -> {
            heard.add(request.localAddress().hostAddress() + " " + request.authority());
            handler.handle(request);
        });
        return server.listen(port, address)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private static int started(HttpServer server, String address) {
        return server.listen(0, address)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private OutboundHttp development(String address) {
        return new OutboundHttp(vertx, guard(development(), resolver(address)), UNTRACED, Clock.systemUTC());
    }

    private static OutboundSettings development() {
        return OutboundSettings.development();
    }

    private static SsrfGuard guard(OutboundConfig config, HostResolver resolver) {
        return new SsrfGuard(resolver, client -> Uni.createFrom().item(Set.of()), config);
    }

    private HostResolver dns(TinyNameServer names) {
        return new DnsHostResolver(
                vertx, OutboundSettings.production(), new SingletonDnsServerAddressStreamProvider(names.address()));
    }

    private static HostResolver resolver(String address) {
        return host -> Uni.createFrom().item(List.of(address(address)));
    }

    private static HttpCall call(String url) {
        return new HttpCall("GET", url, Map.of(), null, LIMIT, new UrlSource.Client(1));
    }

    private static String url(int port) {
        return "http://" + NAME + ":" + port + "/";
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
