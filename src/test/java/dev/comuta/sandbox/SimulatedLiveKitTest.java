package dev.comuta.sandbox;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.livekit.server.AccessToken;
import io.livekit.server.RoomCreate;
import io.livekit.server.RoomRecord;
import io.livekit.server.SIPAdmin;
import io.livekit.server.SIPCall;
import io.livekit.server.WebhookReceiver;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitWebhook.WebhookEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The simulated LiveKit, with the vendor's SDK as its client. */
class SimulatedLiveKitTest {

    private static final String KEY = "APIkey";
    private static final String SECRET = "secret";
    private static final String CALLEE = "+5511987654321";
    private static final String OWN = "+5511999999999";

    private final Vertx vertx = Vertx.vertx();
    private final List<WebhookEvent> received = new CopyOnWriteArrayList<>();
    private final List<Integer> statuses = new CopyOnWriteArrayList<>();
    private final HttpServer server = vertx.createHttpServer();
    private final SimulatedProviders providers = SimulatedProviders.launch(vertx);
    private final LiveKitProvider liveKit = providers.liveKit();

    SimulatedLiveKitTest() {
        Waiting.on(server.requestHandler(request -> request.body().onSuccess(body -> {
                    assertEquals("/webhooks/livekit", request.path());
                    assertEquals("application/webhook+json", request.getHeader("content-type"));
                    received.add(new WebhookReceiver(KEY, SECRET)
                            .receive(body.toString(), request.getHeader("authorization")));
                    int status = statuses.isEmpty() ? 200 : statuses.removeFirst();
                    request.response().setStatusCode(status).end();
                }))
                .listen(0, "127.0.0.1"));
        providers.server(URI.create("http://127.0.0.1:" + server.actualPort()));
        liveKit.register(KEY, SECRET, "ST_out1", OWN);
    }

    @AfterEach
    void close() {
        providers.close();
        Waiting.on(server.close());
        Waiting.on(vertx.close());
    }

    @Test
    void aCallIsReportedFromItsRoomToItsEnd() {
        dial("call-1").statusCode(200).body("participant_identity", equalTo("call-1"));
        liveKit.hangUp(KEY, "room", "call-1");

        assertEquals(
                List.of("room_started", "participant_joined", "track_published", "participant_left", "room_finished"),
                names());
        ParticipantInfo joined = received.get(1).getParticipant();
        assertEquals(ParticipantInfo.Kind.SIP, joined.getKind());
        assertEquals(CALLEE, joined.getAttributesOrThrow("sip.phoneNumber"));
        assertEquals("dialing", joined.getAttributesOrThrow("sip.callStatus"));
        assertEquals(
                "CLIENT_INITIATED",
                received.get(3).getParticipant().getDisconnectReason().name());
        assertEquals("room", received.get(4).getRoom().getName());
    }

    @Test
    void aRefusedCallLeavesWithItsReason() {
        liveKit.callee(KEY, CALLEE, LiveKitCallee.BUSY);
        dial("call-2").statusCode(200);

        assertEquals("room_finished", names().getLast());
        assertEquals(
                "USER_REJECTED",
                received.get(3).getParticipant().getDisconnectReason().name());
        assertEquals(1, liveKit.dialed(KEY));
    }

    @Test
    void eventsCanComeTwiceInDisorderOrNotAtAll() {
        liveKit.webhooks().delivery(new LiveKitDelivery(true, 0, true));
        dial("call-3").statusCode(200);
        liveKit.hangUp(KEY, "room", "call-3");
        assertEquals(List.of(), names());
        var _ = liveKit.webhooks().release(7);
        List<String> shuffled = names();
        assertEquals(10, shuffled.size());
        assertNotEquals(
                shuffled.stream().distinct().toList(),
                List.of("room_started", "participant_joined", "track_published", "participant_left", "room_finished"));
        assertEquals(5, new HashSet<>(received.stream().map(WebhookEvent::getId).toList()).size());

        received.clear();
        liveKit.webhooks().delivery(new LiveKitDelivery(false, 2, false));
        for (int i = 0; i < 4; i++) {
            dial("call-4").statusCode(200);
            liveKit.hangUp(KEY, "room", "call-4");
        }
        assertEquals(16, names().size());
    }

    /** A failing server gets the event again; a refusal counts as delivered. */
    @Test
    void anEventIsRepeatedAfterAFailureOnly() {
        statuses.addAll(List.of(503, 200, 401));
        call("RoomService/CreateRoom", "{\"name\":\"room\"}", token -> token.addGrants(new RoomCreate(true)))
                .statusCode(200);
        call("RoomService/DeleteRoom", "{\"room\":\"room\"}", token -> token.addGrants(new RoomCreate(true)))
                .statusCode(200);

        assertEquals(List.of("room_started", "room_started", "room_finished"), names());
        assertEquals(received.get(0).getId(), received.get(1).getId());
    }

    @Test
    void aRecordingEndsWithItsFile() {
        dial("call-5").statusCode(200);
        String id = call(
                        "Egress/StartRoomCompositeEgress",
                        "{\"roomName\":\"room\",\"fileOutputs\":[{\"filepath\":\"a.ogg\"}]}",
                        token -> token.addGrants(new RoomRecord(true)))
                .statusCode(200)
                .extract()
                .path("egress_id");
        call("Egress/StopEgress", "{\"egress_id\":\"" + id + "\"}", token -> token.addGrants(new RoomRecord(true)))
                .statusCode(200);

        assertEquals("egress_ended", names().getLast());
        var egress = received.getLast().getEgressInfo();
        assertEquals("EGRESS_COMPLETE", egress.getStatus().name());
        byte[] file = given().get(egress.getFileResults(0).getLocation()).asByteArray();
        assertEquals(egress.getFileResults(0).getSize(), file.length);
        assertEquals("OggS", new String(file, 0, 4, java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Test
    void anInboundCallNeedsARule() {
        assertTrue(liveKit.callIn(KEY, CALLEE, OWN, Map.of()).isEmpty());
        call("SIP/CreateSIPDispatchRule", """
                        {"dispatchRule": {"numbers": ["+5511999999999"], "attributes": {"comuta.channel": "7"},
                         "rule": {"dispatch_rule_individual": {"room_prefix": "c1-"}}}}""", token -> token.addSIPGrants(new SIPAdmin(true)))
                .statusCode(200);
        String room = liveKit.callIn(KEY, CALLEE, OWN, Map.of("sip.twilio.callSid", "CA1"))
                .orElseThrow();

        assertTrue(room.startsWith("c1-"));
        names();
        ParticipantInfo joined = received.get(1).getParticipant();
        assertEquals("7", joined.getAttributesOrThrow("comuta.channel"));
        assertEquals("CA1", joined.getAttributesOrThrow("sip.twilio.callSid"));
    }

    @Test
    void checksTokensAndGrants() {
        String path = "RoomService/ListRooms";
        given().body("{}").post(url(path)).then().statusCode(401);
        given().header("Authorization", new AccessToken(KEY, SECRET).toJwt())
                .body("{}")
                .post(url(path))
                .then()
                .statusCode(401);
        given().header("Authorization", "Bearer " + new AccessToken(KEY, "other").toJwt())
                .body("{}")
                .post(url(path))
                .then()
                .statusCode(401)
                .contentType("text/plain");
        call(path, "{}", token -> token.addGrants(new RoomCreate(true)))
                .statusCode(401)
                .body("code", equalTo("unauthenticated"));
        call("SIP/Nope", "{}", token -> token.addSIPGrants(new SIPAdmin(true)))
                .statusCode(404)
                .body("code", equalTo("bad_route"));
    }

    @Test
    void isControlledOverHttp() {
        String pages = providers.url() + "/_sandbox/livekit/";
        given().body("{\"apiKey\":\"APIkey\",\"number\":\"" + CALLEE + "\",\"script\":[\"RINGS\"]}")
                .put(pages + "callee")
                .then()
                .statusCode(204);
        dial("call-6").statusCode(200);
        String call = "{\"apiKey\":\"APIkey\",\"room\":\"room\",\"identity\":\"call-6\"}";
        given().body(call).post(pages + "answer").then().statusCode(204);
        given().body(call).post(pages + "hangup").then().statusCode(204);
        given().body(call).post(pages + "hangup").then().statusCode(404);
        assertEquals(
                "CLIENT_INITIATED",
                received(3).getParticipant().getDisconnectReason().name());
    }

    private WebhookEvent received(int index) {
        names();
        return received.get(index);
    }

    private ValidatableResponse dial(String identity) {
        JsonNode request = Json.read("""
                {"sip_trunk_id": "ST_out1", "sip_call_to": "+5511987654321", "room_name": "room"}""");
        String body = ((com.fasterxml.jackson.databind.node.ObjectNode) request)
                .put("participant_identity", identity)
                .toString();
        return call("SIP/CreateSIPParticipant", body, token -> token.addSIPGrants(new SIPCall(true)));
    }

    private ValidatableResponse call(String method, String body, java.util.function.Consumer<AccessToken> grants) {
        AccessToken token = new AccessToken(KEY, SECRET);
        grants.accept(token);
        return given().header("Authorization", "Bearer " + token.toJwt())
                .contentType("application/json")
                .body(body)
                .post(url(method))
                .then();
    }

    private String url(String method) {
        return providers.url() + "/twirp/livekit." + method;
    }

    /** The names of the events, after all of them were delivered. */
    private List<String> names() {
        liveKit.webhooks().delivered().orTimeout(20, TimeUnit.SECONDS).join();
        return received.stream().map(WebhookEvent::getEvent).toList();
    }
}
