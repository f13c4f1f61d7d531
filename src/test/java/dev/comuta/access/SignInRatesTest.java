package dev.comuta.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.rest.ProblemWriter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.AllowForwardHeaders;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests for sign-in through a proxy whose headers the server trusts. */
class SignInRatesTest {

    private static final String FIRST = "203.0.113.5";
    private static final String SECOND = "203.0.113.6";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private HttpServer server;

    @BeforeEach
    void start() {
        AccessConfig config = TestTransactions.config(
                AccessConfig.class,
                Map.of("comuta.sign-in.page", "https://a.example", "comuta.sign-in.requests-per-minute", "2"));
        Router router = Router.router(vertx).allowForward(AllowForwardHeaders.X_FORWARD);
        new SignInRates(new Time(), config, new ProblemWriter(new ObjectMapper())).addRoute(router);
        router.route().handler(routing -> routing.response().setStatusCode(202).end());
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        http.close();
        vertx.close();
    }

    @Test
    void rejectsAnAddressWithTooManyRequestsUntilItsBucketRefills() throws Exception {
        HttpResponse<String> first = post("/sign-in/links", FIRST);
        assertEquals("\"signInRequestsPerMinute\";q=2;w=60", header(first, "RateLimit-Policy"));
        assertEquals("\"signInRequestsPerMinute\";r=1;t=30", header(first, "RateLimit"));
        assertEquals(202, post("/sign-in/keys", FIRST).statusCode());

        HttpResponse<String> rejected = post("/sign-in/links", FIRST);
        assertEquals(429, rejected.statusCode());
        assertEquals("30", header(rejected, "Retry-After"));
        assertEquals("\"signInRequestsPerMinute\";r=0;t=60", header(rejected, "RateLimit"));
        JsonObject problem = new JsonObject(rejected.body());
        assertEquals("signInRequestsPerMinute", problem.getString("limit"));
        assertEquals(header(rejected, "Trace-Id"), problem.getString("traceId"));

        now = now.plusSeconds(30);
        assertEquals(202, post("/sign-in/links", FIRST).statusCode());
    }

    @Test
    void countsEachAddressSeparatelyAndAnIpv6NetworkAsOne() throws Exception {
        for (String address : new String[] {FIRST, SECOND}) {
            assertEquals(202, post("/sign-in/links", address).statusCode());
            assertEquals(202, post("/sign-in/links", address).statusCode());
            assertEquals(429, post("/sign-in/links", address).statusCode());
        }

        assertEquals(202, post("/sign-in/links", "2001:db8:1:1::1").statusCode());
        assertEquals(202, post("/sign-in/links", "2001:db8:1:1:ffff::2").statusCode());
        assertEquals(429, post("/sign-in/links", "2001:db8:1:1::3").statusCode());
        assertEquals(202, post("/sign-in/links", "2001:db8:1:2::1").statusCode());
    }

    @Test
    void countsNoOtherRequests() throws Exception {
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> other = post("/clients", FIRST);
            assertEquals(202, other.statusCode());
            assertTrue(other.headers().firstValue("RateLimit").isEmpty());
        }
    }

    private HttpResponse<String> post(String path, String from) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
                .header("X-Forwarded-For", from)
                .POST(BodyPublishers.ofString("{}"))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** A clock that only the test advances. */
    private final class Time extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
