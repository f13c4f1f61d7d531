package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Conversation.Line;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scenario 4.2 of the design document: a task queries an external system, and the assistant uses its result. */
class Scenario4CrmQueryIT {

    private static final String QUESTION = "Quais imóveis estão disponíveis no bairro X?";
    private static Comuta comuta;

    private Line line;
    private String person;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
    }

    @BeforeEach
    void useNewNumber() {
        line = Conversation.gateway(comuta);
        person = Comuta.newNumber();
        comuta.sandbox().providers().properties("Imóvel A", "Imóvel B");
    }

    @AfterEach
    void clearFaults() {
        comuta.sandbox().providers().clearFaults();
    }

    @Test
    void storesTheResultAndAnswersWithIt() {
        line.say(person, QUESTION);

        assertEquals(List.of("Encontrei estes imóveis no bairro X: Imóvel A, Imóvel B."), line.awaitAnswers(person, 1));
        assertEquals(List.of("Concluída {\"propriedades\": [\"Imóvel A\", \"Imóvel B\"]}"), queries());
        assertEquals(
                comuta.column(
                        "select TaskID from BackgroundTasks where SessionID = ? and TaskType = 'ConsultaCRM'",
                        session()),
                comuta.column(
                        "select (EventData ->> 'TaskID')::bigint from Events "
                                + "where SessionID = ? and EventType = 'ConsultaConcluída'",
                        session()));
    }

    /** A turn that began before a look-up can use its result: then the look-up has the greater id. */
    @Test
    void usesAResultForOneAnswerOnlyWhateverTheOrderOfIds() {
        line.say(person, QUESTION);
        line.awaitAnswers(person, 1);
        comuta.column(
                "update Messages set TurnTaskID = 1 where SessionID = ? and TurnTaskID is not null returning MessageID",
                session());
        comuta.sandbox().providers().properties("Imóvel novo");

        line.say(person, QUESTION);

        assertEquals(
                "Encontrei estes imóveis no bairro X: Imóvel novo.",
                line.awaitAnswers(person, 2).getLast());
    }

    @Test
    void runsAQueryThatTheDocumentsSqlInserts() {
        line.say(person, "Oi");
        line.awaitAnswers(person, 1);

        comuta.sandbox()
                .postgres()
                .query(
                        "INSERT INTO BackgroundTasks (SessionID, TaskType, Status, CreatedAt) "
                                + "VALUES (?, 'ConsultaCRM', 'Pendente', NOW())",
                        session());

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertEquals(List.of("Concluída {\"propriedades\": [\"Imóvel A\", \"Imóvel B\"]}"), queries()));
    }

    @Test
    void retriesAFailingLookUp() {
        comuta.sandbox()
                .providers()
                .fault(Fault.of("crm", Mode.FAIL).status(503).times(2));

        line.say(person, QUESTION);

        assertEquals(List.of("Encontrei estes imóveis no bairro X: Imóvel A, Imóvel B."), line.awaitAnswers(person, 1));
        assertEquals(
                3,
                comuta.value(
                        "select Attempts from BackgroundTasks where SessionID = ? and TaskType = 'ConsultaCRM'",
                        session()));
    }

    @Test
    void answersWithAnApologyWhenALookUpFinallyFails() {
        comuta.sandbox().providers().fault(Fault.of("crm", Mode.FAIL).status(500));

        line.say(person, QUESTION);

        assertEquals(
                List.of("Não consegui consultar os imóveis agora. Tente de novo em alguns minutos."),
                line.awaitAnswers(person, 1));
        assertTrue(comuta.column("select EventType from Events where SessionID = ?", session())
                .containsAll(List.of("TarefaIniciada", "TarefaFalhou", "AlertaSistema")));
        assertTrue(
                queries().getFirst().toString().startsWith("Falhou"), queries().toString());
        assertEquals(
                List.of("A tarefa ConsultaCRM falhou; the other side answered 500"),
                comuta.column(
                        "select concat_ws('; ', EventData ->> 'erro', EventData ->> 'detalhe') from Events "
                                + "where EventType = 'AlertaSistema' and SessionID = ?",
                        session()));
        assertTrue((Long) comuta.value("select count(*) from Alerts where Cause = 'tarefa/ConsultaCRM' "
                        + "and Detail = 'A tarefa ConsultaCRM falhou' and TechnicalDetail is not null")
                >= 1);
        comuta.awaitNoOpenTask();
        assertEquals(1, line.answersTo(person).size());
    }

    @ParameterizedTest
    @CsvSource({"false, 1", "true, 3"})
    void repeatsAPostOfUnknownOutcomeOnlyWhenTheToolIsRepeatable(boolean repeatable, int calls) {
        comuta.sandbox().providers().fault(Fault.of("crm", Mode.FAIL).status(500));
        comuta.sandbox().providers().clearRequests();
        setTool("{\"method\": \"POST\", \"repeatable\": " + repeatable + "}");
        try {
            line.say(person, QUESTION);
            assertEquals(
                    List.of("Não consegui consultar os imóveis agora. Tente de novo em alguns minutos."),
                    line.awaitAnswers(person, 1));
        } finally {
            setTool("{\"method\": \"GET\", \"repeatable\": false}");
        }

        assertEquals(List.of("Falhou {\"desfecho\": \"desconhecido\"}"), queries());
        Object taskId = comuta.value(
                "select TaskID from BackgroundTasks where SessionID = ? and TaskType = 'ConsultaCRM'", session());
        assertEquals(
                Collections.nCopies(calls, "comuta-" + taskId),
                comuta.sandbox().providers().requests("crm").stream()
                        .map(request -> request.headers().get("idempotency-key"))
                        .toList());
    }

    private static void setTool(String change) {
        comuta.column(
                "update AssistantTools set Configuration = Configuration || ?::jsonb, Version = Version + 1 "
                        + "where ClientID = ? and TaskType = 'ConsultaCRM' returning ToolID",
                change,
                comuta.registered().clientId());
    }

    private List<Object> queries() {
        return comuta.column(
                "select Status || coalesce(' ' || ResultData::text, '') from BackgroundTasks "
                        + "where SessionID = ? and TaskType = 'ConsultaCRM' order by TaskID",
                session());
    }

    private Object session() {
        return comuta.value(
                "select max(SessionID) from Sessions s join ClientEndUsers u using (EndUserID) where u.PhoneNumber = ?",
                person);
    }
}
