package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for a conversation whatever happens around it: repeated, simultaneous, unsigned and late messages. */
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
    void keepsEqualTextsOfDifferentDeliveriesApart() {
        comuta.send(comuta.delivery(number, "Oi"));
        comuta.send(comuta.delivery(number, "Oi"));

        await().atMost(Comuta.PATIENCE).untilAsserted(() -> assertEquals(2, answered(number)));
    }

    @Test
    void opensOneSessionForFirstMessagesAtOnce() {
        List<CompletableFuture<Answer>> sent = IntStream.range(0, 10)
                .mapToObj(i -> comuta.delivery(number, "Mensagem " + i).sendAsync(comuta))
                .toList();
        sent.forEach(answer -> answer.join().expect(200));

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
    void fallsSilentAfterHandOff() {
        comuta.send(comuta.delivery(number, "Quero falar com um corretor"));
        assertEquals(List.of("Vou chamar um corretor para falar com você."), comuta.awaitAnswers(number, 1));

        comuta.send(comuta.delivery(number, QUESTION));
        comuta.awaitQuiet();

        assertEquals(1, comuta.answersTo(number).size());
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
