package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Actions of people: write in a session, take it over, close it; retry and cancel tasks; handle alerts. */
class InterventionIT {

    private static final String QUESTION = "Quais imóveis estão disponíveis no bairro X?";
    private static final JsonObject TEXT = Conversation.text("Aqui é o João. Posso ajudar?");

    private static Comuta comuta;
    private static Api client;
    private static String home;

    private String number;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        client = comuta.client();
        home = "/clients/" + comuta.registered().clientId();
    }

    @BeforeEach
    void useNewNumber() {
        number = Comuta.newNumber();
        comuta.sandbox().providers().properties("Imóvel A", "Imóvel B");
    }

    @AfterEach
    void clearFaults() {
        comuta.sandbox().providers().clearFaults();
    }

    @Test
    void sendsAPersonsMessageOncePerIdempotencyKey() {
        String session = openSession();
        Answer sent = client.post(session + "/messages", TEXT, "idempotency-key", number)
                .expect(201);
        Answer repeated = client.post(session + "/messages", TEXT, "idempotency-key", number);

        assertEquals(sent.body(), repeated.body());
        assertEquals(
                TEXT.getJsonObject("content").getString("text"),
                comuta.awaitAnswers(number, 2).getLast());
        comuta.awaitNoOpenTask();
        assertEquals(2, comuta.answersTo(number).size());
        JsonObject message = client.get(sent.location()).expect(200).json();
        assertEquals("Usuário", message.getString("senderType"));
        assertEquals("Enviada", message.getString("status"));
        assertEquals(
                1, client.get(session + "/messages?senderType=Usuário").items().size());
    }

    @Test
    void rejectsActionsInAClosedSession() {
        String session = openSession();

        assertNotNull(client.post(session + "/close", null).expect(200).json().getString("endTime"));

        client.post(session + "/close", null).expectProblem(409, "conflict");
        client.post(session + "/messages", TEXT).expectProblem(409, "conflict");
        client.post(session + "/handoff", null).expectProblem(409, "conflict");
        client.post(session + "/release", null).expectProblem(409, "conflict");
        assertTrue(events(session).contains("SessãoEncerrada"));
        comuta.send(comuta.delivery(number, "Oi"));
        assertNotEquals(session, session());
    }

    @Test
    void sendsNoReplyBetweenHandOffAndRelease() {
        String session = openSession();
        client.post(session + "/release", null).expectProblem(409, "conflict");
        assertNotNull(client.post(session + "/handoff", null).expect(200).json().getString("handedOffAt"));
        client.post(session + "/handoff", null).expectProblem(409, "conflict");
        assertTrue(client.get(home + "/sessions?handedOff=true&limit=200").items().stream()
                .anyMatch(item -> session.endsWith("/" + ((JsonObject) item).getLong("sessionId"))));

        comuta.send(comuta.delivery(number, QUESTION));
        comuta.awaitNoOpenTask();
        assertEquals(1, comuta.answersTo(number).size());

        assertNull(client.post(session + "/release", null).expect(200).json().getString("handedOffAt"));
        comuta.send(comuta.delivery(number, "Oi"));
        comuta.awaitAnswers(number, 2);
        comuta.awaitNoOpenTask();
        assertEquals(2, comuta.answersTo(number).size());
        assertEquals(
                0, client.get(session + "/messages").items().getJsonObject(2).getInteger("turnTaskId"));
        assertTrue(events(session).containsAll(List.of("SessãoTransferida", "SessãoLiberada")));
    }

    @Test
    void aPersonWhoWritesIsHeardInsteadOfTheAssistant() {
        comuta.sandbox().providers().fault(Fault.of("gateway", Mode.FAIL).status(502));
        comuta.send(comuta.delivery(number, "Oi"));
        await().atMost(Comuta.TIMEOUT)
                .until(() -> comuta.value(
                                "select min(TaskID) from BackgroundTasks t join Sessions s using (SessionID) "
                                        + "join ClientEndUsers u using (EndUserID) where u.PhoneNumber = ? "
                                        + "and t.TaskType = 'EnvioMensagem' and t.Status = 'Pendente' and t.Attempts > 0",
                                number)
                        != null);
        String session = session();
        client.post(session + "/messages", TEXT).expect(201);
        comuta.sandbox().providers().clearFaults();
        comuta.send(comuta.delivery(number, QUESTION));
        comuta.awaitNoOpenTask();

        assertEquals(List.of(TEXT.getJsonObject("content").getString("text")), comuta.answersTo(number));
        assertEquals(
                1,
                client.get(session + "/messages?status=Cancelada&senderType=Assistente")
                        .items()
                        .size());
        assertNotNull(client.get(session).json().getString("handedOffAt"));
    }

    /** Each message waits for the one before; the sweep, which would find a forgotten one, comes after half a minute. */
    @Test
    void messagesInQuickSuccessionAreSentAtOnce() {
        String session = openSession();
        comuta.awaitNoOpenTask();
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 8; i++) {
                client.post(session + "/messages", TEXT).expect(201);
            }
            int sent = 1 + 8 * (round + 1);
            await().atMost(10, TimeUnit.SECONDS)
                    .until(() -> comuta.answersTo(number).size() == sent);
        }
    }

    @Test
    void closesOnlyIdleSessions() {
        String idle = openSession();
        comuta.awaitNoOpenTask();
        String longButActive = idle;
        number = Comuta.newNumber();
        idle = openSession();
        comuta.awaitNoOpenTask();
        comuta.column("""
                update Sessions set StartTime = now() - interval '3 days',
                    LastMessageAt = case when SessionID = ? then now() - interval '25 hours' else now() end
                where SessionID in (?, ?) returning SessionID""", id(idle), id(idle), id(longButActive));

        String ended = idle;
        await().atMost(Comuta.TIMEOUT).until(() -> client.get(ended).json().getString("endTime") != null);

        assertEquals(1, events(ended).stream().filter("SessãoEncerrada"::equals).count());
        assertNull(client.get(longButActive).json().getString("endTime"));
        client.post(longButActive + "/close", null).expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Apagamento", "ConfirmaçãoEnvio", "ReplayEstacionados"})
    void doesNotCancelATaskWhoseWorkWouldRemainHalfDone(String type) {
        Object taskId = comuta.column(
                        "insert into BackgroundTasks (ClientID, TaskType, NotBefore, DueAt) "
                                + "values (?, ?, now() + interval '1 hour', now() + interval '1 hour') returning TaskID",
                        comuta.registered().clientId(),
                        type)
                .getFirst();

        client.post(home + "/tasks/" + taskId + "/cancel", null).expectProblem(409, "conflict");

        comuta.column("update BackgroundTasks set Status = 'Cancelada' where TaskID = ? returning TaskID", taskId);
    }

    @Test
    void cancelsALookUpAndInformsTheEndUser() {
        comuta.sandbox()
                .providers()
                .fault(Fault.of("crm", Mode.SLOW).delayMs(4000).times(1));
        comuta.send(comuta.delivery(number, QUESTION));
        await().atMost(Comuta.TIMEOUT).until(() -> taskIn("ConsultaCRM", "Em Andamento") != null);
        String task = taskIn("ConsultaCRM", "Em Andamento");

        assertEquals(
                "Cancelada",
                client.post(task + "/cancel", null).expect(200).json().getString("status"));

        assertEquals(
                List.of("Não consegui consultar os imóveis agora. Tente de novo em alguns minutos."),
                comuta.awaitAnswers(number, 1));
        client.post(task + "/cancel", null).expectProblem(409, "conflict");
        client.post(task + "/retry", null).expectProblem(409, "conflict");
        comuta.awaitNoOpenTask();
        assertEquals("Cancelada", client.get(task).json().getString("status"));
        assertTrue(events(session()).contains("TarefaCancelada"));
    }

    @Test
    void sendsTheNextMessageAfterThePreviousOneIsCanceled() {
        String session = openSession();
        comuta.awaitNoOpenTask();
        comuta.sandbox().providers().fault(Fault.of("gateway", Mode.FAIL).status(502));
        String first = client.post(session + "/messages", TEXT).expect(201).location();
        await().atMost(Comuta.TIMEOUT).until(() -> taskIn("EnvioMensagem", "Pendente") != null);
        String task = taskIn("EnvioMensagem", "Pendente");
        client.post(session + "/messages", Conversation.text("Até logo.")).expect(201);

        client.post(task + "/cancel", null).expect(200);
        comuta.sandbox().providers().clearFaults();

        assertEquals("Até logo.", comuta.awaitAnswers(number, 2).getLast());
        comuta.awaitNoOpenTask();
        assertEquals(2, comuta.answersTo(number).size());
        assertNotEquals("Enviada", client.get(first).json().getString("status"));
    }

    @Test
    void retriesAFailedLookUp() {
        comuta.sandbox().providers().fault(Fault.of("crm", Mode.FAIL).status(500));
        comuta.send(comuta.delivery(number, QUESTION));
        comuta.awaitAnswers(number, 1);
        comuta.awaitNoOpenTask();
        String task = taskIn("ConsultaCRM", "Falhou");
        comuta.sandbox().providers().clearFaults();

        assertEquals(
                "Pendente",
                client.post(task + "/retry", null).expect(200).json().getString("status"));

        await().atMost(Comuta.TIMEOUT)
                .untilAsserted(
                        () -> assertEquals("Concluída", client.get(task).json().getString("status")));
        client.post(task + "/retry", null).expectProblem(409, "conflict");
        client.post(home + "/tasks/999999999/retry", null).expectProblem(404, "not-found");
    }

    @Test
    void acknowledgesAndResolvesAnAlert() {
        Api platform = comuta.platform();
        comuta.sandbox()
                .postgres()
                .query(
                        "insert into Alerts (ClientID, Cause, Detail) values (?, 'teste', 'Algo falhou')",
                        comuta.registered().clientId());
        JsonObject alert =
                client.get(home + "/alerts?cause=teste&status=Aberto").items().getJsonObject(0);
        String path = home + "/alerts/" + alert.getLong("alertId");

        assertEquals(
                "Reconhecido",
                client.post(path + "/acknowledge", null).expect(200).json().getString("status"));
        client.post(path + "/acknowledge", null).expectProblem(409, "conflict");
        assertEquals(
                "Resolvido",
                client.post(path + "/resolve", null).expect(200).json().getString("status"));

        String forPlatform = "/alerts/" + alert.getLong("alertId");
        assertNotNull(platform.get(forPlatform).expect(200).json().getString("resolvedAt"));
        platform.post(forPlatform + "/resolve", null).expectProblem(409, "conflict");
        platform.post("/alerts/999999999/resolve", null).expectProblem(404, "not-found");
        assertEquals(
                0,
                client.get(home + "/alerts?cause=teste&status=Aberto").items().size());
    }

    /** A session in which the assistant has answered one greeting. */
    private String openSession() {
        comuta.send(comuta.delivery(number, "Oi"));
        comuta.awaitAnswers(number, 1);
        return session();
    }

    private String session() {
        return home + "/sessions/"
                + comuta.value(
                        "select max(SessionID) from Sessions s join ClientEndUsers u using (EndUserID) "
                                + "where u.PhoneNumber = ?",
                        number);
    }

    private static long id(String session) {
        return Long.parseLong(session.substring(session.lastIndexOf('/') + 1));
    }

    private String taskIn(String type, String status) {
        Object id = comuta.value(
                "select min(TaskID) from BackgroundTasks t join Sessions s using (SessionID) "
                        + "join ClientEndUsers u using (EndUserID) "
                        + "where u.PhoneNumber = ? and t.TaskType = ? and t.Status = ?",
                number,
                type,
                status);
        return id == null ? null : home + "/tasks/" + id;
    }

    private static List<String> events(String session) {
        return client.get(session + "/events").items().stream()
                .map(item -> ((JsonObject) item).getString("eventType"))
                .toList();
    }
}
