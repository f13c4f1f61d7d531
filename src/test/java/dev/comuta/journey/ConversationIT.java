package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Comuta.Delivery;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.sandbox.StandardWebhook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scenarios 2 and 4.2 of the design document: a message comes in, the CRM is asked, the answer goes out. */
class ConversationIT {

    private static final String QUESTION = "Quais imóveis estão disponíveis no bairro X?";
    private static Comuta comuta;

    private String number;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
    }

    @BeforeEach
    void takeNewNumber() {
        number = Comuta.newNumber();
        comuta.sandbox().providers().properties("Imóvel A", "Imóvel B");
    }

    @AfterEach
    void clearFaults() {
        comuta.sandbox().providers().clearFaults();
    }

    @Test
    void answersWithExactlyWhatTheCrmReturned() {
        String first = "Casa " + UUID.randomUUID();
        String second = "Sobrado " + UUID.randomUUID();
        comuta.sandbox().providers().properties(first, second);

        assertEquals(200, comuta.send(comuta.delivery(number, QUESTION)).statusCode());

        assertEquals(
                List.of("Encontrei estes imóveis no bairro X: " + first + ", " + second + "."),
                comuta.awaitAnswers(number, 1));
    }

    @Test
    void leavesTheDocumentsRowsAndEvents() {
        comuta.send(comuta.delivery(number, QUESTION));
        comuta.awaitAnswers(number, 1);
        await().atMost(Comuta.PATIENCE)
                .untilAsserted(() -> assertEquals(
                        List.of("MensagemRecebida", "TarefaIniciada", "ConsultaConcluída", "MensagemEnviada"),
                        events(number)));

        long session = sessionOf(number);
        assertEquals(
                List.of("Usuário-Cliente", "Assistente"),
                comuta.column("select SenderType from Messages where SessionID = ? order by MessageID", session));
        assertEquals(
                List.of("Concluída"),
                comuta.column(
                        "select Status from BackgroundTasks where SessionID = ? and TaskType = 'ConsultaCRM'",
                        session));
        assertEquals(
                new JsonObject()
                        .put("propriedades", new JsonArray().add("Imóvel A").add("Imóvel B")),
                new JsonObject((String) comuta.value(
                        "select ResultData from BackgroundTasks where SessionID = ? and TaskType = 'ConsultaCRM'",
                        session)));
    }

    @Test
    void readsTheConversationThroughTheApi() {
        comuta.send(comuta.delivery(number, QUESTION));
        comuta.awaitAnswers(number, 1);
        String sessions = "/clients/" + comuta.registered().clientId() + "/sessions/" + sessionOf(number);

        JsonArray messages = comuta.get(sessions + "/messages").getJsonArray("items");
        assertEquals(QUESTION, messages.getJsonObject(0).getString("content"));
        assertEquals("Assistente", messages.getJsonObject(1).getString("senderType"));
        JsonArray tasks = comuta.get(sessions + "/tasks").getJsonArray("items");
        assertTrue(IntStream.range(0, tasks.size())
                .mapToObj(tasks::getJsonObject)
                .anyMatch(task -> "ConsultaCRM".equals(task.getString("taskType"))
                        && "Concluída".equals(task.getString("status"))));
        JsonArray events = comuta.get(sessions + "/events").getJsonArray("items");
        assertEquals("MensagemRecebida", events.getJsonObject(0).getString("eventType"));
    }

    @Test
    void runsTheDocumentsOwnInsertOfAQuery() {
        comuta.send(comuta.delivery(number, "Oi"));
        comuta.awaitAnswers(number, 1);

        comuta.sandbox()
                .postgres()
                .query(
                        "INSERT INTO BackgroundTasks (SessionID, TaskType, Status, CreatedAt) "
                                + "VALUES (?, 'ConsultaCRM', 'Pendente', NOW())",
                        sessionOf(number));

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertEquals(
                        "{\"propriedades\": [\"Imóvel A\", \"Imóvel B\"]}",
                        comuta.value(
                                "select ResultData::text from BackgroundTasks "
                                        + "where SessionID = ? and TaskType = 'ConsultaCRM' and Status = 'Concluída'",
                                sessionOf(number))));
    }

    @Test
    void treatsARepeatedDeliveryAsOne() {
        Delivery delivery = comuta.delivery(number, QUESTION);

        assertEquals(200, comuta.send(delivery).statusCode());
        HttpResponse<String> again = comuta.send(delivery);

        assertEquals(200, again.statusCode());
        assertEquals(true, new JsonObject(again.body()).getBoolean("duplicate"));
        assertOneMessageOneAnswer();
    }

    @Test
    void treatsTwentyDeliveriesAtOnceAsOne() {
        Delivery delivery = comuta.delivery(number, QUESTION);

        List<CompletableFuture<HttpResponse<String>>> sent =
                Stream.generate(() -> comuta.sendAsync(delivery)).limit(20).toList();

        sent.forEach(answer -> assertEquals(200, answer.join().statusCode()));
        assertOneMessageOneAnswer();
    }

    @Test
    void keepsEqualTextsOfDifferentDeliveriesApart() {
        comuta.send(comuta.delivery(number, "Oi"));
        comuta.send(comuta.delivery(number, "Oi"));

        await().atMost(Comuta.PATIENCE).untilAsserted(() -> assertEquals(2, answered(number)));
    }

    @Test
    void opensOneSessionForFirstMessagesAtOnce() {
        List<CompletableFuture<HttpResponse<String>>> sent = IntStream.range(0, 10)
                .mapToObj(i -> comuta.sendAsync(comuta.delivery(number, "Mensagem " + i)))
                .toList();
        sent.forEach(answer -> assertEquals(200, answer.join().statusCode()));

        assertEquals(
                1L,
                comuta.value(
                        "select count(*) from Sessions s join ClientEndUsers u using (EndUserID) where u.PhoneNumber = ?",
                        number));
        await().atMost(Comuta.PATIENCE).untilAsserted(() -> assertEquals(10, answered(number)));
    }

    @Test
    void knowsBothSpellingsOfABrazilianNumberAsOnePerson() {
        String withoutNinthDigit = number.replace("+55119", "+5511");
        comuta.send(comuta.delivery(number, "Oi"));
        comuta.send(comuta.delivery(withoutNinthDigit, "Oi"));

        assertEquals(
                2L,
                comuta.value(
                        "select count(*) from Messages where SenderType = 'Usuário-Cliente' and SessionID = ?",
                        sessionOf(number)));
    }

    @Test
    void refusesWhatTheChannelsOwnerDidNotSign() {
        Delivery delivery = comuta.delivery(number, QUESTION);
        String secret = comuta.registered().whatsapp().webhookSecret();
        String other = "whsec_" + "A".repeat(43) + "=";

        assertEquals(401, comuta.send(delivery, other).statusCode());
        Delivery unknown =
                new Delivery(delivery.body().replace("+5511999999999", "+5511900000000"), StandardWebhook.newId());
        assertEquals(401, comuta.send(unknown, secret).statusCode());
        assertEquals(
                401,
                comuta.send(new Delivery("{not json", StandardWebhook.newId()), secret)
                        .statusCode());
        assertEquals(
                401,
                comuta.call("POST", "/webhooks/whatsapp", null, delivery.body()).statusCode());
        assertEquals(0L, comuta.value("select count(*) from ClientEndUsers where PhoneNumber = ?", number));
    }

    @Test
    void namesWhatIsWrongWithASignedBody() {
        String to = comuta.registered().whatsapp().identifier();
        Delivery noSender = new Delivery("{\"to\":\"" + to + "\",\"message\":\"x\"}", StandardWebhook.newId());
        Delivery noText = comuta.delivery(number, "  ");
        Delivery wrongType = new Delivery(
                "{\"from\":\"" + number + "\",\"to\":\"" + to + "\",\"message\":{}}", StandardWebhook.newId());

        for (Delivery bad : List.of(noSender, noText, wrongType)) {
            HttpResponse<String> answer = comuta.send(bad);
            assertEquals(400, answer.statusCode(), answer.body());
            assertTrue(answer.headers().firstValue("content-type").orElse("").contains("application/problem+json"));
        }
        assertEquals(0L, comuta.value("select count(*) from ClientEndUsers where PhoneNumber = ?", number));
    }

    @Test
    void waitsForBothOfTwoLookUps() {
        comuta.sandbox()
                .providers()
                .fault(Fault.of("crm", Mode.SLOW).delayMs(1500).times(1));
        comuta.send(comuta.delivery(number, "Há imóveis no bairro Norte"));
        comuta.send(comuta.delivery(number, "E imóveis no bairro Sul"));

        await().atMost(Comuta.PATIENCE).untilAsserted(() -> assertEquals(2, answered(number)));
        String said = String.join("\n", comuta.awaitAnswers(number, 1));
        assertTrue(said.contains("bairro Norte: Imóvel A"), said);
        assertTrue(said.contains("bairro Sul: Imóvel A"), said);
        assertEveryMessageAnsweredOnce();
    }

    @Test
    void answersAMessageThatArrivesDuringATurn() {
        comuta.sandbox()
                .providers()
                .fault(Fault.of("crm", Mode.SLOW).delayMs(2000).times(1));
        comuta.send(comuta.delivery(number, QUESTION));
        await().atMost(Comuta.PATIENCE).until(() -> openQueries(number) == 1);
        comuta.send(comuta.delivery(number, "Oi"));

        await().atMost(Comuta.PATIENCE).untilAsserted(() -> assertEquals(2, answered(number)));
        String said = String.join("\n", comuta.awaitAnswers(number, 1));
        assertTrue(said.contains("Encontrei estes imóveis"), said);
        assertTrue(said.contains("Olá!"), said);
        assertEveryMessageAnsweredOnce();
    }

    @Test
    void triesAFailingLookUpAgain() {
        comuta.sandbox()
                .providers()
                .fault(Fault.of("crm", Mode.FAIL).status(503).times(2));

        comuta.send(comuta.delivery(number, QUESTION));

        assertEquals(
                List.of("Encontrei estes imóveis no bairro X: Imóvel A, Imóvel B."), comuta.awaitAnswers(number, 1));
        assertEquals(
                3,
                comuta.value(
                        "select Attempts from BackgroundTasks where SessionID = ? and TaskType = 'ConsultaCRM'",
                        sessionOf(number)));
    }

    @Test
    void saysSoWhenALookUpFailsForGood() {
        comuta.sandbox().providers().fault(Fault.of("crm", Mode.FAIL).status(500));

        comuta.send(comuta.delivery(number, QUESTION));

        assertEquals(
                List.of("Não consegui consultar os imóveis agora. Tente de novo em alguns minutos."),
                comuta.awaitAnswers(number, 1));
        assertTrue(events(number).containsAll(List.of("TarefaIniciada", "TarefaFalhou", "AlertaSistema")));
        assertEquals(
                "Falhou",
                comuta.value(
                        "select Status from BackgroundTasks where SessionID = ? and TaskType = 'ConsultaCRM'",
                        sessionOf(number)));
        assertTrue((Long) comuta.value("select count(*) from Alerts where Cause = 'tarefa/ConsultaCRM'") == 1);
        assertEveryMessageAnsweredOnce();
    }

    @Test
    void sendsAgainWhatTheGatewayRefusedForAWhile() {
        comuta.sandbox()
                .providers()
                .fault(Fault.of("gateway", Mode.FAIL).status(502).times(2));

        comuta.send(comuta.delivery(number, "Oi"));

        assertEquals(1, comuta.awaitAnswers(number, 1).size());
        await().atMost(Comuta.PATIENCE)
                .untilAsserted(() -> assertEquals(
                        List.of("Enviada"),
                        comuta.column(
                                "select Status from Messages where SessionID = ? and SenderType = 'Assistente'",
                                sessionOf(number))));
    }

    @Test
    void fallsSilentAfterHandOff() {
        comuta.send(comuta.delivery(number, "Quero falar com um corretor"));
        assertEquals(List.of("Vou chamar um corretor para falar com você."), comuta.awaitAnswers(number, 1));

        comuta.send(comuta.delivery(number, QUESTION));
        comuta.awaitQuiet();

        assertEquals(1, comuta.answersTo(number).size());
    }

    private void assertOneMessageOneAnswer() {
        comuta.awaitAnswers(number, 1);
        comuta.awaitQuiet();
        assertEquals(1, comuta.answersTo(number).size());
        assertEquals(
                1L,
                comuta.value(
                        "select count(*) from Messages where SenderType = 'Usuário-Cliente' and SessionID = ?",
                        sessionOf(number)));
    }

    /** No text is told twice, no message is left. */
    private void assertEveryMessageAnsweredOnce() {
        comuta.awaitQuiet();
        List<String> answers = comuta.answersTo(number);
        assertEquals(answers.size(), answers.stream().distinct().count(), answers.toString());
        assertEquals(
                0L,
                comuta.value(
                        "select count(*) from Messages where SessionID = ? and SenderType = 'Usuário-Cliente' "
                                + "and TurnTaskID is null",
                        sessionOf(number)));
    }

    private static long sessionOf(String number) {
        return (Long) comuta.value(
                "select max(SessionID) from Sessions s join ClientEndUsers u using (EndUserID) where u.PhoneNumber = ?",
                number);
    }

    private static List<Object> events(String number) {
        return comuta.column("select EventType from Events where SessionID = ? order by EventID", sessionOf(number));
    }

    private static long answered(String number) {
        return (Long) comuta.value(
                "select count(*) from Messages where SessionID = ? and TurnTaskID is not null", sessionOf(number));
    }

    private static long openQueries(String number) {
        return (Long) comuta.value(
                "select count(*) from BackgroundTasks where TaskType = 'ConsultaCRM' and Status = 'Em Andamento' "
                        + "and SessionID = ?",
                sessionOf(number));
    }
}
