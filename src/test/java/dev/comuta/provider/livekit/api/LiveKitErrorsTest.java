package dev.comuta.provider.livekit.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.Contracts;
import dev.comuta.call.state.EndReason;
import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveKitErrorsTest {

    /** A SIP status is the result of the call, whatever HTTP status its Twirp code has. */
    @TestFactory
    Stream<DynamicTest> everySipStatusIsARefusalOfTheCall() {
        return Contracts.json("livekit/twirp_calls.json")
                .path("sip_status_to_twirp")
                .valueStream()
                .map(status -> dynamicTest(status.path("name").asText(), () -> {
                    int sip = status.path("sip_status").asInt();
                    String code = status.path("twirp_code").asText();
                    String body = "{\"code\":\"%s\",\"msg\":\"x\",\"meta\":{\"sip_status_code\":\"%d\"}}"
                            .formatted(code, sip);
                    RuntimeException failure = failure(status.path("http").asInt(), body);
                    assertEquals(
                            sip, assertInstanceOf(SipRefusal.class, failure).status());
                }));
    }

    @ParameterizedTest
    @CsvSource({
        "486,BUSY",
        "600,BUSY",
        "603,DECLINED",
        "480,NO_ANSWER",
        "408,NO_ANSWER",
        "404,INVALID_NUMBER",
        "484,INVALID_NUMBER",
        "401,TRUNK_CREDENTIALS",
        "407,TRUNK_CREDENTIALS",
        "403,BLOCKED",
        "503,RATE_LIMITED",
        "500,ERROR",
        "302,ERROR"
    })
    void normalizesTheReason(int sip, EndReason reason) {
        assertEquals(reason, new SipRefusal(sip).reason());
    }

    /** The errors of the contract, for a request that dials. */
    @TestFactory
    Stream<DynamicTest> agreesWithTheErrorsOfTheContract() {
        return Contracts.json("livekit/twirp_calls.json")
                .path("errors")
                .valueStream()
                .map(error -> dynamicTest(error.path("when").asText(), () -> {
                    RuntimeException failure = failure(error.path("http").asInt(), text(error.path("body")));
                    assertEquals(expected(error), failure.getClass());
                }));
    }

    private static Class<?> expected(JsonNode error) {
        if (error.path("body").path("meta").has("sip_status_code")) {
            return SipRefusal.class;
        }
        return switch (error.path("http").asInt()) {
            case 500, 502 -> UnknownOutcome.class;
            case 503 -> TransientFailure.class;
            default -> PermanentFailure.class;
        };
    }

    private static String text(JsonNode body) {
        return body.isTextual() ? body.asText() : body.toString();
    }

    @Test
    void aBusyCalleeIsNotARateLimit() {
        RuntimeException busy = failure(
                429, "{\"code\":\"resource_exhausted\",\"msg\":\"busy\",\"meta\":{\"sip_status_code\":\"486\"}}");
        assertEquals(EndReason.BUSY, assertInstanceOf(SipRefusal.class, busy).reason());

        RuntimeException limited = LiveKitErrors.of(
                LiveKitMethod.DIAL,
                new HttpAnswer(
                        429,
                        Duration.ofSeconds(3),
                        Buffer.buffer("{\"code\":\"resource_exhausted\",\"msg\":\"slow\"}")));
        TransientFailure failure = assertInstanceOf(TransientFailure.class, limited);
        assertFalse(failure.mayHaveArrived());
        assertEquals(Optional.of(Duration.ofSeconds(3)), failure.retryAfter());
        assertInstanceOf(TransientFailure.class, failure(429, "Too many requests"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "internal", "deadline_exceeded", "canceled", "dataloss"})
    void mayHaveDialedUnlessTheServerSaysOtherwise(String code) {
        String body = "{\"code\":\"" + code + "\",\"msg\":\"x\"}";
        assertInstanceOf(UnknownOutcome.class, failure(500, body));
        assertInstanceOf(TransientFailure.class, LiveKitErrors.of(LiveKitMethod.LIST_ROOMS, answer(500, body)));
    }

    @Test
    void aDialWithoutAResponseIsNotRepeated() {
        TransientFailure unanswered = TransientFailure.unanswered(null);
        assertInstanceOf(UnknownOutcome.class, LiveKitErrors.ofTransport(LiveKitMethod.DIAL, unanswered));
        assertSame(unanswered, LiveKitErrors.ofTransport(LiveKitMethod.DELETE_ROOM, unanswered));
        TransientFailure unreachable = new TransientFailure("the other side could not be reached");
        assertSame(unreachable, LiveKitErrors.ofTransport(LiveKitMethod.DIAL, unreachable));
        assertInstanceOf(UnknownOutcome.class, LiveKitErrors.ofUnreadable(LiveKitMethod.DIAL, null));
        assertInstanceOf(TransientFailure.class, LiveKitErrors.ofUnreadable(LiveKitMethod.LIST_ROOMS, null));
    }

    @Test
    void onlyAMissingObjectIsNotFound() {
        assertTrue(LiveKitErrors.isNotFound(answer(404, "{\"code\":\"not_found\",\"msg\":\"x\"}")));
        assertFalse(LiveKitErrors.isNotFound(answer(404, "{\"code\":\"bad_route\",\"msg\":\"x\"}")));
        assertFalse(LiveKitErrors.isNotFound(answer(404, "<html>404</html>")));
        assertFalse(LiveKitErrors.isNotFound(
                answer(404, "{\"code\":\"not_found\",\"meta\":{\"sip_status_code\":\"404\"}}")));
        assertFalse(LiveKitErrors.isNotFound(answer(200, "{}")));
    }

    @Test
    void keepsTheServersTextsOutOfTheFailure() {
        String message = failure(400, "{\"code\":\"invalid_argument\",\"msg\":\"call to +5511987654321\"}")
                .getMessage();
        assertEquals("LiveKit responded 400, invalid_argument", message);
        assertEquals(
                "LiveKit responded 400, a?b",
                failure(400, "{\"code\":\"a\\nb\"}").getMessage());
    }

    private static RuntimeException failure(int status, String body) {
        return LiveKitErrors.of(LiveKitMethod.DIAL, answer(status, body));
    }

    private static HttpAnswer answer(int status, String body) {
        return new HttpAnswer(status, null, Buffer.buffer(body));
    }
}
