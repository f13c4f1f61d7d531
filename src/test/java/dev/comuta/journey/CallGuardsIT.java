package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import dev.comuta.sandbox.StandardWebhook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may change a call, and which telephones no plan and no transfer may dial. */
class CallGuardsIT {

    private static Comuta comuta;

    private final String company = Comuta.newNumber();
    private final String person = Comuta.newNumber();
    private String home;
    private long broker;
    private long colleague;
    private long channelId;
    private String secret;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
    }

    @BeforeEach
    void register() {
        home = comuta.platform()
                .post("/clients", new JsonObject().put("clientName", "Imobiliária XPTO"))
                .expect(201)
                .location();
        broker = user("João Correia");
        colleague = user("Rita Prado");
        JsonObject channel = comuta.platform()
                .post(
                        home + "/channels",
                        new JsonObject()
                                .put("channelType", "VoiceCall")
                                .put("channelIdentifier", company)
                                .put("status", "Ativo")
                                .put("defaultUserId", broker))
                .expect(201)
                .json();
        channelId = channel.getLong("channelId");
        secret = channel.getString("webhookSecret");
    }

    @Test
    void aColleagueWhoTookTheCallChangesItAndTransfersItToTheBroker() {
        plan(new JsonObject()
                        .put("kind", "Equipe")
                        .put("userIds", new JsonArray().add(broker).add(colleague)))
                .expect(200);
        JsonObject target = steps(news("CA-1", "ringing"))
                .getJsonObject(1)
                .getJsonArray("target")
                .getJsonObject(1);
        news("CA-1", "in-progress").send(comuta).expect(200);
        JsonArray question = steps(hook(target.getString("confirmHook"), new JsonObject()));
        String answer = question.getJsonObject(0).getString("actionHook");
        assertEquals(new JsonArray(), steps(hook(answer, new JsonObject().put("digits", "1"))));
        assertEquals(colleague, value("AttendedBy"));

        Api taker = key(colleague);
        String call = home + "/calls/" + value("CallID");
        taker.get(call).expect(200);
        taker.send("POST", call + "/hold", null).expect(202);
        taker.post(call + "/transfer", new JsonObject().put("kind", "Direta").put("userId", broker))
                .expect(202);
        key(broker).send("POST", call + "/hold", null).expectProblem(404, "not-found");
    }

    @Test
    void plansAndTransfersDialNoNumberThatMustNotBeCalled() {
        for (String number : List.of("190", "+55 0900 123 4567", "+19005551234", "+351912345678", company)) {
            Answer refused = plan(new JsonObject().put("kind", "Números").put("numbers", new JsonArray().add(number)))
                    .expectProblem(400, "invalid-request");
            assertTrue(refused.body().contains("steps[0].numbers[0]"), refused.body());
        }
        plan(new JsonObject().put("kind", "Números").put("numbers", new JsonArray().add(person)))
                .expect(200);
    }

    @Test
    void aGatewayThatDoesNotKnowACallEndsNothing() {
        news("CA-2", "in-progress").send(comuta).expect(200);
        comuta.value("update Calls set CheckAt = now() where ClientID = ? returning CallID", clientId());

        await().atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(
                        1L,
                        comuta.value(
                                "select count(*) from Calls where ClientID = ? and Checks > 0 and CheckAt > now()",
                                clientId())));
        assertEquals("In Progress", value("CallStatus"));
        assertEquals(
                0L,
                comuta.value(
                        "select count(*) from BackgroundTasks where ClientID = ? and Status = 'Falhou'", clientId()));
        comuta.platform()
                .post(home + "/calls", new JsonObject().put("to", person).put("from", company))
                .expectProblem(400, "invalid-request");
    }

    private Answer plan(JsonObject step) {
        return comuta.platform()
                .withInvalidRequest()
                .send(
                        "PATCH",
                        home + "/channels/" + channelId + "/call-plan",
                        new JsonObject().put("steps", new JsonArray().add(step)).encode());
    }

    private static JsonArray steps(SignedDelivery delivery) {
        return new JsonArray(delivery.send(comuta).expect(200).body());
    }

    private SignedDelivery hook(String url, JsonObject what) {
        return signed(
                url.substring(url.indexOf("/webhooks/")),
                what.put("callSid", "leg-1").put("status", "in-progress"));
    }

    private SignedDelivery news(String callSid, String status) {
        return signed(
                "/webhooks/voice",
                new JsonObject()
                        .put("callSid", callSid)
                        .put("from", person)
                        .put("to", company)
                        .put("direction", "inbound")
                        .put("status", status));
    }

    private SignedDelivery signed(String path, JsonObject body) {
        return new SignedDelivery(
                        path, body.encode(), StandardWebhook.headers(secret, "msg_" + UUID.randomUUID(), body.encode()))
                .with("content-type", "application/json");
    }

    private long user(String name) {
        return comuta.platform()
                .post(
                        home + "/users",
                        new JsonObject()
                                .put("userName", name)
                                .put("userRole", "Corretor")
                                .put("phoneNumber", Comuta.newNumber()))
                .expect(201)
                .json()
                .getLong("userId");
    }

    private Api key(long userId) {
        return comuta.api(comuta.platform()
                .post(
                        home + "/api-keys",
                        new JsonObject().put("name", "celular").put("userId", userId))
                .expect(201)
                .json()
                .getString("key"));
    }

    private Object value(String column) {
        return comuta.value("select " + column + " from Calls where ClientID = ?", clientId());
    }

    private long clientId() {
        return Long.parseLong(home.substring(home.lastIndexOf('/') + 1));
    }
}
