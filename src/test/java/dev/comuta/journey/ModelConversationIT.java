package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import dev.comuta.journey.Conversation.GatewayLine;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.sandbox.ModelScenario;
import dev.comuta.sandbox.RecordedRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scenario 2 of the design document with external engines: a model, and the client's own agent. */
class ModelConversationIT {

    private static final String QUESTION = "Quais imóveis estão disponíveis no bairro X?";
    private static final String TOOL = "consultar_imoveis";
    private static final String FAILURE_ANSWER =
            "Desculpe, tive um problema e não consegui responder agora. Já avisei a nossa equipe.";
    private static Comuta comuta;
    private static GatewayLine model;
    private static GatewayLine agent;

    private String person;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        URI sandbox = comuta.sandbox().providers().url();
        model = Conversation.assistant(comuta, ModelScenario.model(), "+5511999990012");
        agent = Conversation.assistant(comuta, ModelScenario.agent(sandbox), "+5511999990013");
    }

    @BeforeEach
    void useNewNumber() {
        person = Comuta.newNumber();
        comuta.sandbox().providers().properties("Imóvel A", "Imóvel B");
        comuta.sandbox().providers().clearRequests();
    }

    @AfterEach
    void clearFaults() {
        comuta.sandbox().providers().clearFaults();
        comuta.sandbox().providers().modelAnswers();
    }

    @Test
    void queriesTheCrmForAToolCallAndSendsTheModelTheResult() {
        script(
                ModelScenario.call("call_abc", TOOL, "{\"bairro\":\"Bairro X\"}"),
                ModelScenario.text("No bairro X temos o Imóvel A e o Imóvel B."));

        say(model, QUESTION);

        assertEquals(List.of("No bairro X temos o Imóvel A e o Imóvel B."), comuta.awaitAnswers(person, 1));
        assertEquals(
                "/crm/properties?bairro=Bairro%20X", requests("crm").getFirst().path());
        JsonArray first = modelRequest(0).getJsonArray("messages");
        assertEquals(
                new JsonObject().put("role", "system").put("content", "Você atende a Imobiliária XPTO."),
                first.getJsonObject(0));
        assertEquals(new JsonObject().put("role", "user").put("content", QUESTION), first.getJsonObject(1));
        JsonArray second = modelRequest(1).getJsonArray("messages");
        assertEquals(
                "call_abc",
                second.getJsonObject(2)
                        .getJsonArray("tool_calls")
                        .getJsonObject(0)
                        .getString("id"));
        assertEquals("call_abc", second.getJsonObject(3).getString("tool_call_id"));
        assertEquals(
                new JsonObject().put("propriedades", JsonArray.of("Imóvel A", "Imóvel B")),
                new JsonObject(second.getJsonObject(3).getString("content")));
        awaitEvents("SessãoIniciada", "MensagemRecebida", "TarefaIniciada", "ConsultaConcluída", "MensagemEnviada");
        assertEquals(60L, tokens());
    }

    @Test
    void sendsTheModelItsToolsAndOnlyThisConversation() {
        say(model, "Oi");

        assertEquals(List.of("Você disse: Oi"), comuta.awaitAnswers(person, 1));
        JsonObject request = modelRequest(0);
        assertEquals("test-model", request.getString("model"));
        assertEquals(
                List.of(TOOL, "transferir_para_atendente"),
                request.getJsonArray("tools").stream()
                        .map(tool ->
                                ((JsonObject) tool).getJsonObject("function").getString("name"))
                        .toList());
        assertEquals(2, request.getJsonArray("messages").size());
    }

    @Test
    void sendsTheModelEarlierMessages() {
        say(model, "Oi");
        comuta.awaitAnswers(person, 1);
        say(model, "Tudo bem?");
        comuta.awaitAnswers(person, 2);

        List<String> roles = modelRequest(1).getJsonArray("messages").stream()
                .map(message -> ((JsonObject) message).getString("role"))
                .toList();
        assertEquals(List.of("system", "user", "assistant", "user"), roles);
    }

    @Test
    void handsOverToAPerson() {
        script(ModelScenario.call("c1", "transferir_para_atendente", "{\"mensagem\":\"Já chamo o João.\"}"));

        say(model, "Quero falar com uma pessoa");
        assertEquals(List.of("Já chamo o João."), comuta.awaitAnswers(person, 1));
        say(model, QUESTION);
        comuta.awaitNoOpenTask();

        assertEquals(1, comuta.answersTo(person).size());
        assertTrue(events().contains("SessãoTransferida"));
        assertEquals(1, requests("openai").size());
    }

    @Test
    void rejectsAToolThatTheAssistantDoesNotHave() {
        script(ModelScenario.call("c1", "apagar_tudo", "{}"), ModelScenario.text("Não posso fazer isso."));

        say(model, "Apague tudo");

        assertEquals(List.of("Não posso fazer isso."), comuta.awaitAnswers(person, 1));
        JsonArray secondRequest = modelRequest(1).getJsonArray("messages");
        assertEquals("tool", secondRequest.getJsonObject(3).getString("role"));
        String result = secondRequest.getJsonObject(3).getString("content");
        assertTrue(result.contains("no such tool"), result);
        assertFalse(events().contains("TarefaIniciada"));
    }

    @Test
    void endsTheTurnWhenTheModelRepeatsWrongArguments() {
        script(
                ModelScenario.call("c1", TOOL, "{\"bairro\":7}"),
                ModelScenario.call("c2", TOOL, "{not json"),
                ModelScenario.text("Nunca dito."));

        say(model, QUESTION);

        assertEquals(List.of(FAILURE_ANSWER), comuta.awaitAnswers(person, 1));
        comuta.awaitNoOpenTask();
        assertEquals(2, requests("openai").size());
        assertEquals(0, requests("crm").size());
        assertEquals("{\"motivo\": \"chamadas\"}", limitReached());
        assertEquals(60L, tokens());
    }

    @Test
    void retriesABusyModel() {
        comuta.sandbox().providers().fault(Fault.of("openai", Mode.RATE_LIMIT).times(1));

        say(model, "Oi");

        assertEquals(List.of("Você disse: Oi"), comuta.awaitAnswers(person, 1));
        assertEquals(2, requests("openai").size());
    }

    @Test
    void saysOnceThatItCannotAnswerAndHandsOverWhenTheModelRejectsTheRequest() {
        comuta.sandbox()
                .providers()
                .fault(Fault.of("openai", Mode.FAIL).status(401).times(1));

        say(model, "Oi");
        assertEquals(List.of(FAILURE_ANSWER), comuta.awaitAnswers(person, 1));
        say(model, "Alô?");
        comuta.awaitNoOpenTask();

        assertEquals(1, requests("openai").size());
        assertTrue((Long) comuta.value("select count(*) from Alerts where Cause = 'tarefa/RespostaAssistente'") >= 1);
        assertEquals(List.of(FAILURE_ANSWER), comuta.answersTo(person));
        assertEquals(
                "falha",
                comuta.value(
                        "select EventData ->> 'motivo' from Events where SessionID = ? and EventType = 'SessãoTransferida'",
                        session()));
        comuta.client()
                .post("/clients/" + comuta.registered().clientId() + "/sessions/" + session() + "/release", null)
                .expect(200);
        say(model, "E agora?");
        assertEquals(List.of(FAILURE_ANSWER, "Você disse: E agora?"), comuta.awaitAnswers(person, 2));
    }

    @Test
    void neverShowsThoughtsOrCallsThatTheServerLeftInTheText() {
        script(
                ModelScenario.text("<think>Preciso buscar.</think>\n<tool_call>{\"name\": \"" + TOOL
                        + "\", \"arguments\": {\"bairro\": \"Bairro X\"}}</tool_call><|im_end|>"),
                ModelScenario.text("<think>Dois.</think>Temos o Imóvel A.<|im_end|>"));

        say(model, QUESTION);

        assertEquals(List.of("Temos o Imóvel A."), comuta.awaitAnswers(person, 1));
        assertEquals(1, requests("crm").size());
    }

    @Test
    void callsNoModelWhenTheSessionHasUsedItsTokens() {
        script(ModelScenario.body("Resposta cara.", 200_000));
        say(model, "Oi");
        assertEquals(List.of("Resposta cara."), comuta.awaitAnswers(person, 1));

        say(model, "Mais uma?");

        assertEquals(List.of("Resposta cara.", FAILURE_ANSWER), comuta.awaitAnswers(person, 2));
        assertEquals(1, requests("openai").size());
        assertEquals("{\"motivo\": \"tokens\"}", limitReached());
    }

    @Test
    void callsNoModelWhenTheSessionHasReachedItsCost() {
        script(ModelScenario.body("Resposta cara.", 20_000));
        say(model, "Oi");
        assertEquals(List.of("Resposta cara."), comuta.awaitAnswers(person, 1));

        say(model, "Mais uma?");

        assertEquals(List.of("Resposta cara.", FAILURE_ANSWER), comuta.awaitAnswers(person, 2));
        assertEquals(1, requests("openai").size());
        assertEquals("{\"motivo\": \"custo\"}", limitReached());
    }

    @Test
    void endsTheTurnAfterTooManyRounds() {
        String call = ModelScenario.call("c1", TOOL, "{\"bairro\":\"Centro\"}");
        script(Stream.generate(() -> call).limit(13).toArray(String[]::new));

        say(model, QUESTION);

        assertEquals(List.of(FAILURE_ANSWER), comuta.awaitAnswers(person, 1));
        assertEquals(12, requests("openai").size());
        assertEquals("{\"motivo\": \"rodadas\"}", limitReached());
    }

    @Test
    void discardsTheReplyWhenAPersonTakesOverDuringTheTurn() {
        say(model, "Oi");
        comuta.awaitAnswers(person, 1);
        comuta.sandbox()
                .providers()
                .fault(Fault.of("openai", Mode.SLOW).delayMs(3000).times(1));
        say(model, "Mais uma?");
        await().atMost(Comuta.TIMEOUT).until(() -> requests("openai").size() == 2);

        String path = "/clients/" + comuta.registered().clientId() + "/sessions/" + session();
        comuta.client().post(path + "/handoff", null).expect(200);
        comuta.awaitNoOpenTask();

        assertEquals(List.of("Você disse: Oi"), comuta.answersTo(person));
        assertEquals(
                1L,
                comuta.value(
                        "select count(*) from Messages where SessionID = ? and SenderType = 'Usuário-Cliente' and TurnTaskID is null",
                        session()));
    }

    @Test
    void answersWithTheClientsOwnAgent() {
        say(agent, "Há imóveis no centro?");

        assertEquals(
                List.of("O agente encontrou: {\"propriedades\":[\"Imóvel A\",\"Imóvel B\"]}"),
                comuta.awaitAnswers(person, 1));
        awaitEvents("SessãoIniciada", "MensagemRecebida", "TarefaIniciada", "ConsultaConcluída", "MensagemEnviada");
        say(agent, "Quero um humano");
        assertEquals("Vou chamar uma pessoa.", comuta.awaitAnswers(person, 2).getLast());
        say(agent, "Alguém?");
        comuta.awaitNoOpenTask();
        assertEquals(2, comuta.answersTo(person).size());
    }

    @Test
    void neverReturnsCredentials() {
        Api client = comuta.client();
        String path = associations() + "/" + model.assistantId();
        Answer changed = client.send("PATCH", path, """
                {"configuration": {"baseUrl": "https://llm.example.com"}, "credentials": {"apiKey": "sk-segredo"}}""");
        try {
            changed.expect(200);
            assertFalse(changed.body().contains("sk-segredo"));
            assertFalse(client.get(path).expect(200).body().contains("credentials"));
            assertFalse(String.valueOf(comuta.value(
                            "select Credentials from ClientAssistants where AssistantID = ?", model.assistantId()))
                    .contains("sk-segredo"));
            client.send("PATCH", path, "{\"configuration\": {\"baseUrl\": \"https://other.example.com\"}}")
                    .expect(400);
            client.withInvalidRequest()
                    .send("PATCH", path, "{\"configuration\": {\"baseUrl\": \"llm\"}, \"credentials\": null}")
                    .expect(400);
        } finally {
            client.send("PATCH", path, "{\"configuration\": {\"baseUrl\": null}, \"credentials\": null}")
                    .expect(200);
        }
    }

    @Test
    void neverSendsThePlatformsKeyToAClientsAddress() {
        Api client = comuta.client();
        String path = associations() + "/" + model.assistantId();
        String address = comuta.sandbox().providers().url() + "/openai/own";
        client.patch(path, new JsonObject(Map.of("configuration", Map.of("baseUrl", address))))
                .expect(200);
        try {
            say(model, "Oi");
            await().atMost(Comuta.TIMEOUT).until(() -> events().contains("AlertaSistema"));
            assertFalse(requests("openai").getFirst().headers().containsKey("authorization"));
        } finally {
            client.send("PATCH", path, "{\"configuration\": {\"baseUrl\": null}}")
                    .expect(200);
        }
    }

    private static String associations() {
        return "/clients/" + comuta.registered().clientId() + "/assistants";
    }

    private static void script(String... entries) {
        comuta.sandbox().providers().modelAnswers(entries);
    }

    private void say(GatewayLine to, String text) {
        to.say(person, text);
    }

    private static List<RecordedRequest> requests(String provider) {
        return comuta.sandbox().providers().requests(provider);
    }

    private static JsonObject modelRequest(int index) {
        return new JsonObject(requests("openai").get(index).body());
    }

    private long session() {
        return (Long) comuta.value(
                "select max(SessionID) from Sessions s join ClientEndUsers u using (EndUserID) where u.PhoneNumber = ?",
                person);
    }

    private List<Object> events() {
        return comuta.column("select EventType from Events where SessionID = ? order by EventID", session());
    }

    private void awaitEvents(String... types) {
        await().atMost(Comuta.TIMEOUT).untilAsserted(() -> assertEquals(List.of(types), events()));
    }

    private String limitReached() {
        return (String) comuta.value(
                "select EventData::text from Events where SessionID = ? and EventType = 'LimiteDeTurnoAtingido'",
                session());
    }

    private long tokens() {
        return (Long) comuta.value(
                "select coalesce(sum((ResultData ->> 'tokens')::bigint), 0)::bigint from BackgroundTasks where SessionID = ?",
                session());
    }
}
