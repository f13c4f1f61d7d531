package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.comuta.journey.Conversation.Line;
import dev.comuta.sandbox.ModelScenario;
import dev.comuta.sandbox.RecordedRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Scenario 2 of the design document: a question arrives over WhatsApp, a background task queries the CRM, and the
 * answer is sent. The same conversation runs over every provider, and with a model instead of intents.
 */
class Scenario2MultiLayerIT {

    private static final String QUESTION = "Quais imóveis estão disponíveis no bairro X?";
    private static Comuta comuta;
    private static Line model;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        model = Conversation.assistant(comuta, ModelScenario.model(), "+5511999990014");
    }

    @AfterEach
    void resetProviders() {
        comuta.sandbox().providers().modelAnswers();
        comuta.sandbox().providers().properties("Imóvel A", "Imóvel B");
    }

    @TestFactory
    Stream<DynamicTest> answersWithTheResultOfTheCrm() {
        return Stream.of(
                dynamicTest("over a gateway", () -> assertAnswersWithTheResult(Conversation.gateway(comuta))),
                dynamicTest("over Meta", () -> assertAnswersWithTheResult(Conversation.meta(comuta))),
                dynamicTest("over Twilio", () -> assertAnswersWithTheResult(Conversation.twilio(comuta))));
    }

    private static void assertAnswersWithTheResult(Line line) {
        String first = "Casa " + UUID.randomUUID();
        String second = "Sobrado " + UUID.randomUUID();
        comuta.sandbox().providers().properties(first, second);
        String person = Comuta.newNumber();

        line.say(person, QUESTION);

        assertEquals(
                List.of("Encontrei estes imóveis no bairro X: " + first + ", " + second + "."),
                line.awaitAnswers(person, 1));
        assertRowsAndEventsOfTheDocument(person, first, second);
    }

    @Test
    void answersWithTheModelsTextAboutTheResultOfTheCrm() {
        String house = "Casa " + UUID.randomUUID();
        comuta.sandbox().providers().properties(house);
        comuta.sandbox()
                .providers()
                .modelAnswers(
                        ModelScenario.call("call_1", "consultar_imoveis", "{\"bairro\":\"X\"}"),
                        ModelScenario.text("No bairro X temos a " + house + "."));
        String person = Comuta.newNumber();

        model.say(person, QUESTION);

        assertEquals(List.of("No bairro X temos a " + house + "."), model.awaitAnswers(person, 1));
        assertRowsAndEventsOfTheDocument(person, house);
        List<RecordedRequest> modelRequests = comuta.sandbox().providers().requests("openai");
        JsonArray modelMessages = new JsonObject(modelRequests.getLast().body()).getJsonArray("messages");
        JsonObject result = modelMessages.getJsonObject(modelMessages.size() - 1);
        assertEquals("call_1", result.getString("tool_call_id"));
        assertTrue(result.getString("content").contains(house), result.encode());
    }

    @Test
    void readsTheConversationThroughTheApi() {
        Line line = Conversation.gateway(comuta);
        String person = Comuta.newNumber();
        line.say(person, QUESTION);
        line.awaitAnswers(person, 1);
        String session = "/clients/" + comuta.registered().clientId() + "/sessions/" + sessionOf(person);

        JsonArray messages =
                comuta.client().get(session + "/messages").expect(200).items();
        assertEquals(
                QUESTION, messages.getJsonObject(0).getJsonObject("content").getString("text"));
        assertEquals("Assistente", messages.getJsonObject(1).getString("senderType"));
        JsonArray tasks = comuta.client().get(session + "/tasks").expect(200).items();
        assertTrue(IntStream.range(0, tasks.size())
                .mapToObj(tasks::getJsonObject)
                .anyMatch(task -> "ConsultaCRM".equals(task.getString("taskType"))
                        && "Concluída".equals(task.getString("status"))));
        JsonArray events = comuta.client().get(session + "/events").expect(200).items();
        assertEquals("MensagemRecebida", events.getJsonObject(1).getString("eventType"));
    }

    private static void assertRowsAndEventsOfTheDocument(String person, String... properties) {
        await().atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(
                        List.of(
                                "SessãoIniciada",
                                "MensagemRecebida",
                                "TarefaIniciada",
                                "ConsultaConcluída",
                                "MensagemEnviada"),
                        comuta.column(
                                "select EventType from Events where SessionID = ? order by EventID",
                                sessionOf(person))));
        assertEquals(
                List.of("Usuário-Cliente Texto", "Assistente Texto"),
                comuta.column(
                        "select SenderType || ' ' || ContentType from Messages where SessionID = ? order by MessageID",
                        sessionOf(person)));
        assertEquals(
                List.of(new JsonObject().put("propriedades", new JsonArray(List.of(properties)))),
                comuta
                        .column(
                                "select ResultData::text from BackgroundTasks "
                                        + "where SessionID = ? and TaskType = 'ConsultaCRM' and Status = 'Concluída'",
                                sessionOf(person))
                        .stream()
                        .map(result -> new JsonObject((String) result))
                        .toList());
    }

    private static Object sessionOf(String person) {
        return comuta.value(
                "select max(SessionID) from Sessions s join ClientEndUsers u using (EndUserID) where u.PhoneNumber = ?",
                person);
    }
}
