package dev.comuta.sandbox.voice;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.sandbox.Json;
import dev.comuta.sandbox.SimulatedProviders;
import dev.comuta.sandbox.StandardWebhook;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedVoiceGatewayTest {

    private static final String SECRET = "whsec_"
            + Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    private static final String COMPANY = "+5511999999999";
    private static final String PERSON = "+5511998765432";
    private static final String BROKER = "+5511988880001";

    private final Vertx vertx = Vertx.vertx();
    private final SimulatedProviders providers = SimulatedProviders.launch(vertx);
    private final VoiceGateway gateway = providers.voice().gateway();
    private final Phones phones = providers.voice().phones();
    private DocumentServer server;

    @BeforeEach
    void open() throws Exception {
        server = new DocumentServer(vertx);
        providers.voice().registerGateway(COMPANY, SECRET, server.url());
        providers.voice().pace().secondLasts(Duration.ofMillis(20));
    }

    @AfterEach
    void close() {
        providers.close();
        server.close();
        vertx.close();
    }

    private void steps(String path, String json) {
        server.answer(path, 200, "application/json", json);
    }

    private JsonNode hook(String path) {
        return Json.read(server.first(path).body());
    }

    private ValidatableResponse signed(String path, String body) {
        return given().headers(StandardWebhook.headers(SECRET, StandardWebhook.newId(), body))
                .contentType("application/json")
                .body(body)
                .post(providers.url() + path)
                .then();
    }

    private List<String> statuses() {
        return server.received("/webhooks/voice").stream()
                .map(one -> Json.read(one.body()).path("status").asText())
                .toList();
    }

    @Test
    void anInboundCallFollowsItsSignedSteps() {
        steps("/webhooks/voice", """
                [{"verb":"say","text":"Olá"},
                 {"verb":"gather","input":["digits","speech"],"numDigits":1,"timeout":5,"actionHook":"/menu",
                  "say":{"text":"Tecle 1"}}]""");
        steps("/menu", """
                [{"verb":"gather","input":["speech"],"actionHook":"/fala"}]""");
        steps("/fala", """
                [{"verb":"gather","input":["digits"],"timeout":1,"actionHook":"/nada"},{"verb":"say","text":"Tchau"}]""");
        steps("/nada", "[]");
        phones.script(PERSON, PhoneScript.rings().presses("1").says("Quero visitar"));
        gateway.call(PERSON, COMPANY);
        phones.awaitEnded(PERSON);

        DocumentServer.Received first = server.received("/webhooks/voice").getFirst();
        assertTrue(StandardWebhook.verify(
                SECRET,
                first.headers().get("webhook-id"),
                first.headers().get("webhook-timestamp"),
                first.headers().get("webhook-signature"),
                first.body()));
        JsonNode body = Json.read(first.body());
        assertEquals(List.of("callSid", "from", "to", "direction", "status"), List.copyOf(keys(body)));
        assertEquals("ringing", body.path("status").asText());
        assertEquals("1", hook("/menu").path("digits").asText());
        assertEquals("dtmfDetected", hook("/menu").path("reason").asText());
        assertEquals(
                "Quero visitar",
                hook("/fala").at("/speech/alternatives/0/transcript").asText());
        assertEquals("timeout", hook("/nada").path("reason").asText());
        assertTrue(phones.heard(PERSON).contains("say: Tchau"));
        await().untilAsserted(
                        () -> assertEquals(Set.of("ringing", "in-progress", "completed"), Set.copyOf(statuses())));
    }

    private static List<String> keys(JsonNode body) {
        List<String> names = new ArrayList<>();
        body.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void aBrokerConfirmsAndIsConnected() {
        steps("/webhooks/voice", """
                [{"verb":"dial","target":[{"type":"phone","number":"%s","confirmHook":"/confirma"}],"timeout":200,
                  "answerOnBridge":true,"actionHook":"/fim"}]""".formatted(BROKER));
        steps("/confirma", """
                [{"verb":"gather","input":["digits"],"numDigits":1,"timeout":5,"actionHook":"/aceita"},
                 {"verb":"hangup"}]""");
        steps("/aceita", "[{\"verb\":\"say\",\"text\":\"Conectando\"}]");
        steps("/fim", "[{\"verb\":\"record\",\"actionHook\":\"/gravado\"}]");
        phones.script(BROKER, PhoneScript.answers().presses("1").hangsUpAfter(Duration.ofSeconds(20)));
        phones.script(PERSON, PhoneScript.rings().leavesMessageAndHangsUp(Duration.ofSeconds(2)));
        gateway.call(PERSON, COMPANY);
        phones.awaitHeard(PERSON, "bridged: " + BROKER);
        assertEquals("completed", hook("/fim").path("dial_call_status").asText());
        assertEquals(
                gateway.dialled(BROKER).getFirst().sid(),
                hook("/fim").path("dial_call_sid").asText());
        byte[] sound =
                given().get(hook("/gravado").path("recording_url").asText()).asByteArray();
        assertTrue(sound.length > 16_000);
    }

    @Test
    void anOutboundCallIsSignedAndDialledOnce() {
        providers.voice().pace().secondLasts(Duration.ofSeconds(1));
        String body = "{\"callId\":\"7\",\"from\":\"%s\",\"to\":\"%s\"}".formatted(COMPANY, PERSON);
        given().contentType("application/json")
                .body(body)
                .post(providers.url() + VoiceGateway.PATH)
                .then()
                .statusCode(401);
        steps("/webhooks/voice", "[{\"verb\":\"pause\",\"length\":600}]");
        String sid = signed(VoiceGateway.PATH, body).statusCode(202).extract().path("callSid");
        phones.awaitRinging(PERSON).answer();
        await().untilAsserted(
                        () -> assertEquals(Set.of("initiated", "ringing", "in-progress"), Set.copyOf(statuses())));
        given().get(providers.url() + VoiceGateway.PATH + "/" + sid)
                .then()
                .body("status", equalTo("in-progress"))
                .body("callId", equalTo("7"));
        signed(VoiceGateway.PATH + "/" + sid, "{\"command\":\"hangup\"}").statusCode(202);
        signed(VoiceGateway.PATH + "/" + sid, "{\"command\":\"hangup\"}").statusCode(404);
        assertEquals(1, gateway.dialled(PERSON).size());
        await().untilAsserted(() -> assertTrue(statuses().contains("completed")));
    }

    @Test
    void anAnsweredCallAsksItsHookAndIsFoundByOurId() {
        steps("/passos", "[{\"verb\":\"pause\",\"length\":6000}]");
        phones.script(PERSON, PhoneScript.voicemail());
        signed(
                        VoiceGateway.PATH,
                        "{\"callId\":\"8\",\"from\":\"%s\",\"to\":\"%s\",\"amd\":true,\"callHook\":\"%s\"}"
                                .formatted(COMPANY, PERSON, server.at("/passos")))
                .statusCode(202);
        assertEquals("in-progress", hook("/passos").path("status").asText());
        await().until(() -> server.received("/webhooks/voice").stream()
                .anyMatch(
                        one -> Json.read(one.body()).path("answeredBy").asText().equals("machine")));
        String call = VoiceGateway.PATH + "/8";
        given().get(providers.url() + call).then().body("status", equalTo("in-progress"));
        signed(call, "{\"command\":\"redirect\",\"steps\":[{\"verb\":\"say\",\"text\":\"Tchau\"}]}")
                .statusCode(202);
        phones.awaitHeard(PERSON, "say: Tchau");
        phones.awaitEnded(PERSON);
    }
}
