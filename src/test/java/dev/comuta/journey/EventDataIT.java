package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.journey.Api.Answer;
import dev.comuta.journey.ApiDescription.Operation;
import dev.comuta.journey.Conversation.Line;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The data of each event matches the schema of its type, without other fields. */
class EventDataIT {

    private static final String QUESTION = "Quais imóveis estão disponíveis no bairro X?";
    private static final Operation LIST =
            ApiDescription.read().operation("GET", "/clients/{clientId}/events").orElseThrow();

    private static Comuta comuta;
    private static Api client;
    private static String home;

    private Line line;
    private String person;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        client = new Api(comuta.server().baseUrl(), comuta.registered().clientKey());
        home = "/clients/" + comuta.registered().clientId();
    }

    @BeforeEach
    void useNewNumber() {
        line = Conversation.gateway(comuta);
        person = Comuta.newNumber();
    }

    @AfterEach
    void clearFaults() {
        comuta.sandbox().providers().clearFaults();
    }

    @Test
    void describesAConversation() throws IOException {
        line.say(person, QUESTION);
        line.awaitAnswers(person, 1);
        line.say(person, "SAIR");
        comuta.awaitNoOpenTask();
        for (String step : List.of("handoff", "release", "close")) {
            client.post(home + "/sessions/" + session() + "/" + step, null).expect(200);
        }

        assertTypes(
                session(),
                "SessãoIniciada",
                "MensagemRecebida",
                "TarefaIniciada",
                "ConsultaConcluída",
                "MensagemEnviada",
                "ConsentimentoRevogado",
                "SessãoTransferida",
                "SessãoLiberada",
                "SessãoEncerrada");
    }

    @Test
    void describesAReplyThatAPersonsMessageCancels() throws IOException {
        comuta.sandbox().providers().fault(Fault.of("gateway", Mode.FAIL).status(502));
        line.say(person, "Oi");
        await().atMost(Comuta.TIMEOUT).until(this::postponesTheRetry);

        client.post(home + "/sessions/" + session() + "/messages", Conversation.text("Aqui é o João."))
                .expect(201);
        comuta.sandbox().providers().clearFaults();

        assertTypes(
                session(),
                "SessãoIniciada",
                "MensagemRecebida",
                "SessãoTransferida",
                "MensagemCancelada",
                "TarefaCancelada",
                "MensagemEnviada");
    }

    /** Whether the send waits for a retry, which then does not begin soon. */
    private boolean postponesTheRetry() {
        return !comuta.column(
                        "update BackgroundTasks set NotBefore = now() + interval '1 minute' where SessionID = ? "
                                + "and TaskType = 'EnvioMensagem' and Status = 'Pendente' and Attempts > 0 returning TaskID",
                        session())
                .isEmpty();
    }

    @Test
    void describesFailures() throws IOException {
        comuta.sandbox().providers().fault(Fault.of("crm", Mode.FAIL).status(500));
        comuta.sandbox().providers().fault(Fault.of("gateway", Mode.FAIL).status(400));

        line.say(person, QUESTION);

        assertTypes(
                session(),
                "SessãoIniciada",
                "MensagemRecebida",
                "TarefaIniciada",
                "TarefaFalhou",
                "AlertaSistema",
                "MensagemFalhou");
    }

    @Test
    void describesAnErasure() throws IOException {
        line.say(person, "Oi");
        line.awaitAnswers(person, 1);
        long session = session();
        Object endUser = comuta.value("select EndUserID from Sessions where SessionID = ?", session);

        client.post(home + "/end-users/" + endUser + "/erase", null).expect(202);
        comuta.awaitNoOpenTask();

        assertTypes(session, "SessãoIniciada", "MensagemRecebida", "MensagemEnviada", "SessãoEncerrada");
        assertEquals(Set.of("DadosApagados"), validatedTypes("?eventType=DadosApagados"));
        assertEquals(Set.of("TarefaConcluída"), validatedTypes("?eventType=TarefaConcluída"));
    }

    private static void assertTypes(long session, String... types) {
        String ofSession = "?sessionId=" + session;
        await().atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(new TreeSet<>(List.of(types)), validatedTypes(ofSession)));
    }

    /** The event types of a list, after the list is validated against the description. */
    private static Set<String> validatedTypes(String query) throws IOException {
        Answer answer = client.get(home + "/events" + query + "&limit=200").expect(200);
        assertEquals(List.of(), LIST.violations(200, "application/json", answer.body()), answer.body());
        return answer.items().stream()
                .map(event -> ((JsonObject) event).getString("eventType"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private long session() {
        return Long.parseLong(comuta.value(
                        "select max(s.SessionID) from Sessions s join EndUserIdentities i using (ClientID, EndUserID) "
                                + "where s.ClientID = ? and i.Value like '%' || ?",
                        comuta.registered().clientId(), person.substring(person.length() - 8))
                .toString());
    }
}
