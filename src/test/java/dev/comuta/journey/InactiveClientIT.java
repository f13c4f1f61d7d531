package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import dev.comuta.journey.Conversation.GatewayLine;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.sandbox.MetaProvider;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that becomes 'Inativo' receives and sends nothing; once it is 'Ativo' again, it gets what was parked. */
class InactiveClientIT {

    private static Comuta comuta;
    private static Api platform;

    private final String person = Comuta.newNumber();
    private Company company;
    private GatewayLine line;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        platform = comuta.platform();
    }

    @BeforeEach
    void registerClient() {
        company = Company.create(comuta, "Suspensa " + UUID.randomUUID());
        String number = Comuta.newNumber();
        Answer channel = platform.post(
                        company.home() + "/channels",
                        new JsonObject()
                                .put("channelType", "WhatsApp")
                                .put("channelIdentifier", number)
                                .put(
                                        "outboundUrl",
                                        comuta.sandbox()
                                                .providers()
                                                .url()
                                                .resolve("/gateway/messages")
                                                .toString()))
                .expect(201);
        String secret = channel.json().getString("webhookSecret");
        comuta.sandbox().providers().registerChannel("WhatsApp", number, secret);
        line = new GatewayLine(comuta, 0, number, secret);
    }

    @AfterEach
    void clearFaults() {
        comuta.sandbox().providers().clearFaults();
    }

    @Test
    void rejectsDeliveriesUntilTheClientIsActive() {
        line.say(person, "Oi");

        deactivate();
        await().atMost(Comuta.TIMEOUT).until(() -> deliver() == 401);
        long stored = messages();
        assertEquals(401, deliver());
        assertEquals(stored, messages());

        activate();
        await().atMost(Comuta.TIMEOUT).until(() -> deliver() == 200);
    }

    @Test
    void cancelsOpenTasksAndSendsNothing() {
        line.say(person, "Oi");
        comuta.sandbox().providers().fault(Fault.of("gateway", Mode.FAIL).status(502));
        Object session = comuta.value(
                "select SessionID from Sessions join ClientEndUsers using (EndUserID) where PhoneNumber = ?", person);
        String message = platform.post(
                        company.home() + "/sessions/" + session + "/messages", Conversation.text("Aqui é o João."))
                .expect(201)
                .location();
        await().atMost(Comuta.TIMEOUT).until(() -> (Integer) task("Attempts", session) > 0);

        deactivate();

        await().atMost(Comuta.TIMEOUT).until(() -> "Cancelada".equals(task("Status", session)));
        assertTrue(Set.of("Falhou", "Incerta")
                .contains(platform.get(message).json().getString("status")));
        assertTrue(comuta.answersTo(person).isEmpty());
    }

    @Test
    void parksMessagesOfAPlatformsAppAndReceivesThemWhenTheClientIsActive() {
        String phoneNumberId = "3" + line.identifier().substring(3);
        platform.post(
                        company.home() + "/channels",
                        new JsonObject()
                                .put("channelType", "WhatsApp")
                                .put("channelIdentifier", Comuta.newNumber())
                                .put("provider", "Meta")
                                .put("providerId", phoneNumberId)
                                .put("credentials", new JsonObject().put("accessToken", MetaProvider.ACCESS_TOKEN)))
                .expect(201);
        deactivate();
        await().atMost(Comuta.TIMEOUT).until(() -> {
            post(phoneNumberId, "guardada");
            return (long) comuta.value("select count(*) from ParkedItems where ProviderID = ?", phoneNumberId) > 0;
        });
        assertEquals(
                List.of("Cliente inativo"),
                comuta.column("select distinct Reason from ParkedItems where ProviderID = ?", phoneNumberId));
        assertEquals(0, messages());

        activate();

        await().atMost(Comuta.TIMEOUT).until(() -> messages() > 0);
        assertEquals(0L, comuta.value("select count(*) from ParkedItems where ProviderID = ?", phoneNumberId));
    }

    private void deactivate() {
        platform.send("DELETE", company.home(), null).expect(204);
    }

    private void activate() {
        platform.send("PATCH", company.home(), "{\"status\": \"Ativo\"}").expect(200);
    }

    private int deliver() {
        return line.message(person, "Oi").send(comuta).status();
    }

    private long messages() {
        return (long) comuta.value(
                "select count(*) from Messages m join Sessions using (SessionID) join ClientEndUsers u using (EndUserID) "
                        + "where u.PhoneNumber = ?",
                person);
    }

    private static Object task(String column, Object session) {
        return comuta.value(
                "select " + column + " from BackgroundTasks where SessionID = ? and TaskType = 'EnvioMensagem' "
                        + "order by TaskID desc limit 1",
                session);
    }

    private void post(String phoneNumberId, String text) {
        Map<String, Object> message = Map.of(
                "from",
                person.substring(1),
                "id",
                "wamid." + UUID.randomUUID(),
                "type",
                "text",
                "text",
                Map.of("body", text));
        String body = MetaProvider.webhook(phoneNumberId, Map.of("messages", List.of(message)));
        assertEquals(200, comuta.sandbox().providers().meta().post(body).join());
    }
}
