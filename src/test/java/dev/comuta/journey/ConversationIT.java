package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Conversations with repeated, simultaneous and late messages. */
class ConversationIT {

    private static final String QUESTION = "Quais imóveis estão disponíveis no bairro X?";
    private static Comuta comuta;

    private String number;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
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
    void storesEqualTextsOfTwoDeliveries() {
        comuta.send(comuta.delivery(number, "Oi"));
        comuta.send(comuta.delivery(number, "Oi"));

        await().atMost(Comuta.TIMEOUT).untilAsserted(() -> assertEquals(2, answered(number)));
    }

    @Test
    void opensOneSessionForSimultaneousFirstMessages() {
        List<CompletableFuture<Answer>> sent = IntStream.range(0, 10)
                .mapToObj(i -> comuta.delivery(number, "Mensagem " + i).sendAsync(comuta))
                .toList();
        sent.forEach(answer -> answer.join().expect(200));

        assertEquals(
                1L,
                comuta.value(
                        "select count(*) from Sessions s join ClientEndUsers u using (EndUserID) where u.PhoneNumber = ?",
                        number));
        await().atMost(Comuta.TIMEOUT).untilAsserted(() -> assertEquals(10, answered(number)));
    }

    @Test
    void treatsBothSpellingsOfABrazilianNumberAsOnePerson() {
        String withoutNinthDigit = number.replace("+55119", "+5511");
        comuta.send(comuta.delivery(number, "Oi"));
        comuta.send(comuta.delivery(withoutNinthDigit, "Oi"));

        assertEquals(
                2L,
                comuta.value(
                        "select count(*) from Messages where SenderType = 'Usuário-Cliente' and SessionID = ?",
                        sessionOf(number)));
    }

    /** The "+" in a query that is not encoded arrives as a space. */
    @Test
    void findsAndAnswersANumberOfAnotherCountryWithoutPlus() {
        String foreign = "1415523" + ThreadLocalRandom.current().nextInt(1000, 10_000);
        comuta.send(comuta.delivery(foreign, "Oi"));

        comuta.awaitAnswers("+" + foreign, 1);
        for (String spelling : List.of(foreign, "+" + foreign, " " + foreign)) {
            Answer found = comuta.client()
                    .get("/clients/" + comuta.registered().clientId() + "/end-users?phoneNumber=" + spelling)
                    .expect(200);
            assertEquals("+" + foreign, found.items().getJsonObject(0).getString("phoneNumber"), spelling);
        }
    }

    @Test
    void treatsBothFormsOfAMexicanNumberAsOnePerson() {
        String national = "5512" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
        comuta.send(comuta.delivery("521" + national, "Oi"));
        comuta.awaitAnswers("+521" + national, 1);
        comuta.send(comuta.delivery("+52" + national, "Oi"));

        comuta.awaitAnswers("+52" + national, 1);
        assertEquals(
                2L,
                comuta.value(
                        "select count(*) from Messages where SenderType = 'Usuário-Cliente' and SessionID = ?",
                        sessionOf("+521" + national)));
    }

    @Test
    void waitsForTwoLookUps() {
        comuta.sandbox()
                .providers()
                .fault(Fault.of("crm", Mode.SLOW).delayMs(1500).times(1));
        comuta.send(comuta.delivery(number, "Há imóveis no bairro Norte"));
        comuta.send(comuta.delivery(number, "E imóveis no bairro Sul"));

        await().atMost(Comuta.TIMEOUT).untilAsserted(() -> assertEquals(2, answered(number)));
        String replies = String.join("\n", comuta.awaitAnswers(number, 1));
        assertTrue(replies.contains("bairro Norte: Imóvel A"), replies);
        assertTrue(replies.contains("bairro Sul: Imóvel A"), replies);
        assertEveryMessageAnsweredOnce();
    }

    @Test
    void answersAMessageThatArrivesDuringATurn() {
        comuta.sandbox()
                .providers()
                .fault(Fault.of("crm", Mode.SLOW).delayMs(2000).times(1));
        comuta.send(comuta.delivery(number, QUESTION));
        await().atMost(Comuta.TIMEOUT).until(() -> openQueries(number) == 1);
        comuta.send(comuta.delivery(number, "Oi"));

        await().atMost(Comuta.TIMEOUT).untilAsserted(() -> assertEquals(2, answered(number)));
        String replies = String.join("\n", comuta.awaitAnswers(number, 1));
        assertTrue(replies.contains("Encontrei estes imóveis"), replies);
        assertTrue(replies.contains("Olá!"), replies);
        assertEveryMessageAnsweredOnce();
    }

    @Test
    void sendsNothingAfterHandOff() {
        comuta.send(comuta.delivery(number, "Quero falar com um corretor"));
        assertEquals(List.of("Vou chamar um corretor para falar com você."), comuta.awaitAnswers(number, 1));

        comuta.send(comuta.delivery(number, QUESTION));
        comuta.awaitNoOpenTask();

        assertEquals(1, comuta.answersTo(number).size());
    }

    /** No reply is sent twice, and every message is answered. */
    private void assertEveryMessageAnsweredOnce() {
        comuta.awaitNoOpenTask();
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

    private static long answered(String number) {
        return (Long) comuta.value(
                "select count(*) from Messages where SessionID = ? and SenderType = 'Usuário-Cliente' "
                        + "and TurnTaskID is not null",
                sessionOf(number));
    }

    private static long openQueries(String number) {
        return (Long) comuta.value(
                "select count(*) from BackgroundTasks where TaskType = 'ConsultaCRM' and Status = 'Em Andamento' "
                        + "and SessionID = ?",
                sessionOf(number));
    }
}
