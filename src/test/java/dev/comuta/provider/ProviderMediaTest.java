package dev.comuta.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.channel.TestChannels;
import dev.comuta.media.MediaSource;
import dev.comuta.media.MediaTasks;
import dev.comuta.media.TestFetching;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.http.OutboundHttp;
import dev.comuta.platform.http.TestOutbound;
import dev.comuta.platform.object.TestObjects;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.provider.gateway.TestGateway;
import dev.comuta.provider.meta.TestMeta;
import dev.comuta.provider.twilio.TestTwilio;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TestClaims;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of Meta, Twilio and the Gateway are fetched over HTTP, with a real database and a real disk. */
class ProviderMediaTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1, 2, 3};
    private static final String TOKEN = "Bearer t";

    /** AC1:segredo */
    private static final String ACCOUNT = "Basic QUMxOnNlZ3JlZG8=";

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;
    private static OutboundHttp http;

    @TempDir
    private static Path directory;

    /** The requests: host, path and credentials. */
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private HttpServer server;
    private volatile Consumer<HttpServerRequest> response;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        http = TestOutbound.onThisMachine(vertx);
        postgres.query("insert into Clients (ClientName) values ('A')");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status, Provider)
                values (1, 'WhatsApp', '+5511999990001', 'Ativo', 'Gateway')""");
        postgres.query("insert into ClientEndUsers (ClientID, PhoneNumber) values (1, '+5511988887777')");
        postgres.query("""
                insert into Sessions (ClientID, ChannelID, EndUserID, SessionType) values (1, 1, 1, 'Conversa')""");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void listen() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    requests.add(
                            request.authority().host() + request.path() + " " + request.getHeader("authorization"));
                    response.accept(request);
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private URI base() {
        return URI.create(at("localhost", ""));
    }

    /** Every host is this machine. */
    private String at(String host, String path) {
        return "http://" + host + ":" + server.actualPort() + path;
    }

    private MediaSource meta() {
        return TestMeta.media(http, base(), TestChannels.withCredentials(new JsonObject(Map.of("accessToken", "t"))));
    }

    private MediaSource twilio() {
        return TestTwilio.media(
                base(),
                TestChannels.withCredentials(new JsonObject(Map.of("accountSid", "AC1", "authToken", "segredo"))));
    }

    /** The Graph API: every request for the id returns the next address at this host. */
    private void graph(String host, Consumer<HttpServerRequest> file) {
        response = request -> {
            if (request.path().equals("/v23.0/4711")) {
                long number = requests.stream()
                        .filter(each -> each.contains("/v23.0/"))
                        .count();
                request.response()
                        .end(new JsonObject()
                                .put("url", at(host, "/attachments/" + number))
                                .encode());
            } else {
                file.accept(request);
            }
        };
    }

    @Test
    void metaReadsBothAddressesWithTheToken() {
        graph("lookaside.example.com", ProviderMediaTest::picture);
        assertEquals("Disponível", fetch(meta(), "{\"providerId\": \"4711\", \"mimeType\": \"image/jpeg\"}"));
        assertEquals(
                List.of("localhost/v23.0/4711 " + TOKEN, "lookaside.example.com/attachments/1 " + TOKEN), requests);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404})
    void metaIsAskedForTheAddressOnceMoreWhenItHasExpired(int status) {
        graph("lookaside.example.com", request -> {
            if (request.path().equals("/attachments/1")) {
                request.response().setStatusCode(status).end();
            } else {
                picture(request);
            }
        });
        assertEquals("Disponível", fetch(meta(), "{\"providerId\": \"4711\"}"));
        assertEquals(4, requests.size());
        assertEquals("lookaside.example.com/attachments/2 " + TOKEN, requests.getLast());
    }

    @ParameterizedTest
    @CsvSource({"lookaside.example.com, Bearer t", "mmg.whatsapp.net, null"})
    void metaFileIsFollowedOnceAndOnlyTheSameHostGetsTheToken(String host, String credentials) {
        graph("lookaside.example.com", request -> {
            if (request.path().equals("/attachments/1")) {
                redirect(request, at(host, "/moved"));
            } else {
                picture(request);
            }
        });
        assertEquals("Disponível", fetch(meta(), "{\"providerId\": \"4711\"}"));
        assertEquals(3, requests.size());
        assertEquals(host + "/moved " + credentials, requests.getLast());
    }

    @Test
    void metaFileIsNotFollowedTwice() {
        graph("lookaside.example.com", request -> redirect(request, "/moved"));
        assertThrows(PermanentFailure.class, () -> fetch(meta(), "{\"providerId\": \"4711\"}"));
        assertEquals(3, requests.size(), requests.toString());
    }

    /** The file is at Meta's hosts only. */
    @Test
    void metaTokenFollowsNoRedirectElsewhere() {
        graph("lookaside.example.com", request -> redirect(request, at("elsewhere.example.com", "/x")));
        assertThrows(PermanentFailure.class, () -> fetch(meta(), "{\"providerId\": \"4711\"}"));
        assertEquals(2, requests.size(), requests.toString());
    }

    @Test
    void metaFileOfAnotherTypeIsNotStored() {
        graph("lookaside.example.com", ProviderMediaTest::page);
        assertEquals("Indisponível", fetch(meta(), "{\"providerId\": \"4711\", \"mimeType\": \"image/jpeg\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../me", "4711/x", "47 11", ""})
    void metaIsNotAskedForAnotherPath(String id) {
        String file = new JsonObject().put("providerId", id).encode();
        assertThrows(PermanentFailure.class, () -> fetch(meta(), file));
        assertEquals(List.of(), requests);
    }

    @Test
    void metaChannelThatIsNotActiveReadsNothing() {
        MediaSource source = TestMeta.media(http, base(), TestChannels.withCredentials(null));
        assertThrows(PermanentFailure.class, () -> fetch(source, "{\"providerId\": \"4711\"}"));
        assertEquals(List.of(), requests);
    }

    @Test
    void twilioGetsTheAccountAndTheStoreGetsNone() {
        response = request -> {
            if (request.path().startsWith("/2010-04-01")) {
                redirect(request, at("store.example.com", "/object"));
            } else {
                picture(request);
            }
        };
        assertEquals("Disponível", fetch(twilio(), twilioFile("/2010-04-01/Accounts/AC1/Media/ME1")));
        assertEquals(
                List.of("localhost/2010-04-01/Accounts/AC1/Media/ME1 " + ACCOUNT, "store.example.com/object null"),
                requests);
    }

    /** Twilio shows a file some seconds after its webhook. */
    @Test
    void twilioIsAskedOnceMoreWhenTheFileIsNotThere() {
        response = request -> {
            if (requests.size() == 1) {
                request.response().setStatusCode(404).end();
            } else {
                picture(request);
            }
        };
        assertEquals("Disponível", fetch(twilio(), twilioFile("/2010-04-01/Accounts/AC1/Media/ME1")));
        assertEquals(2, requests.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/2010-04-01/x",
                "https://api.twilio.com.example.com/x",
                "https://api.twilio.com@example.com/x",
                "http://api.twilio.com/x",
                "https://mcs.example.com/twilio.com/x"
            })
    void otherHostsDoNotGetTheAccount(String url) {
        String file = new JsonObject().put("url", url).encode();
        assertThrows(PermanentFailure.class, () -> fetch(twilio(), file));
        assertEquals(List.of(), requests);
    }

    @Test
    void twilioFileOfAnotherTypeIsNotStored() {
        response = ProviderMediaTest::page;
        assertEquals("Indisponível", fetch(twilio(), twilioFile("/2010-04-01/Accounts/AC1/Media/ME1")));
    }

    /** An image of 17 MB is above the limit of its kind; a document of 17 MB is above Twilio's only. */
    @Test
    void twilioFileAboveItsLimitIsNotStored() {
        byte[] document = new byte[17 << 20];
        System.arraycopy("%PDF-".getBytes(StandardCharsets.US_ASCII), 0, document, 0, 5);
        response = request -> request.response().end(Buffer.buffer(document));
        assertEquals("Indisponível", fetch(twilio(), twilioFile("/2010-04-01/Accounts/AC1/Media/ME1"), "Documento"));
    }

    @Test
    void gatewayUrlIsReadWithoutCredentials() {
        response = ProviderMediaTest::picture;
        assertEquals("Disponível", fetch(TestGateway.media(), gatewayFile()));
        assertEquals(List.of("files.example.com/1 null"), requests);
    }

    @Test
    void gatewayUrlFollowsNoRedirect() {
        response = request -> redirect(request, at("elsewhere.example.com", "/x"));
        assertThrows(PermanentFailure.class, () -> fetch(TestGateway.media(), gatewayFile()));
        assertEquals(1, requests.size());
    }

    @Test
    void gatewayFileOfAnotherTypeIsNotStored() {
        response = ProviderMediaTest::page;
        assertEquals("Indisponível", fetch(TestGateway.media(), gatewayFile()));
    }

    @Test
    void gatewayFileWithoutAUrlFails() {
        assertThrows(PermanentFailure.class, () -> fetch(TestGateway.media(), "{\"mimeType\": \"image/jpeg\"}"));
    }

    private String twilioFile(String path) {
        return new JsonObject().put("url", base() + path).encode();
    }

    private String gatewayFile() {
        return new JsonObject().put("url", at("files.example.com", "/1")).encode();
    }

    private static void picture(HttpServerRequest request) {
        request.response().end(Buffer.buffer(JPEG));
    }

    private static void page(HttpServerRequest request) {
        request.response().putHeader("content-type", "image/jpeg").end("<html><script>alert(1)</script></html>");
    }

    private static void redirect(HttpServerRequest request, String location) {
        request.response().setStatusCode(302).putHeader("Location", location).end();
    }

    private static String fetch(MediaSource source, String file) {
        return fetch(source, file, "Imagem");
    }

    /** Runs one attempt of the task, and returns the state of the file. */
    private static String fetch(MediaSource source, String file, String kind) {
        long mediaId = (Long) postgres.value("select nextval('MediaObjects_MediaID_seq')");
        long taskId = transactions
                .service()
                .statementsAsPlatform(
                        PlatformReason.ROUTING,
                        tx -> tx.find(
                                "select comuta_request_media($1, 1, 1, 77, 1, $2, $3, $4::text::jsonb, null)",
                                row -> row.getLong(0),
                                mediaId,
                                source.provider(),
                                kind,
                                file))
                .await()
                .atMost(SOON);
        TaskHandler handler =
                TestFetching.of(vertx, transactions.service(), http, TestObjects.in(vertx, directory), source);
        Outcome outcome = handler.run(TestClaims.claim(transactions.service(), MediaTasks.FETCH, taskId)
                        .getFirst())
                .await()
                .atMost(SOON);
        Outcome.Done done = assertInstanceOf(Outcome.Done.class, outcome);
        transactions
                .service()
                .statementsInTenant(1, done.effects()::write)
                .await()
                .atMost(SOON);
        return (String) postgres.value("select Status from MediaObjects where MediaID = ?", mediaId);
    }
}
