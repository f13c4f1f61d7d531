package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Conversation.Line;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds for the messages that the server sends through every provider. */
abstract class MessageSenderContract {

    static Comuta comuta;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
    }

    @AfterEach
    void behave() {
        comuta.sandbox().providers().clearFaults();
    }

    /** The number of the client at this provider. */
    abstract Line line();

    /** The provider's name in the sandbox. */
    abstract String provider();

    /** Requests to send something to the person, faults included. */
    abstract int attempts(String person);

    /** How a message ends whose request got no answer; it is never at the provider twice. */
    abstract String statusAfterNoAnswer();

    /** Makes the provider refuse for good what is sent to the person that is returned. */
    String refuseSomebody() {
        comuta.sandbox()
                .providers()
                .fault(Fault.of(provider(), Mode.FAIL).status(400).times(1));
        return Comuta.newNumber();
    }

    /** Makes the provider leave the next request without an answer. */
    void loseNextAnswer() {
        comuta.sandbox().providers().fault(Fault.of(provider(), Mode.RESET).times(1));
    }

    @Test
    void sendsAMessageOnceAndKnowsItByTheProvidersId() {
        String person = Comuta.newNumber();

        line().say(person, "Oi");

        awaitStatus(person, "Enviada");
        assertEquals(1, attempts(person));
        assertEquals(1, line().answersTo(person).size());
        assertTrue(value(person, "m.ProviderMessageID") != null, "the provider's id is kept");
    }

    @Test
    void endsWhatTheProviderRefuses() {
        String person = refuseSomebody();

        line().say(person, "Oi");

        awaitStatus(person, "Falhou");
        assertEquals(1, attempts(person));
        assertEquals(List.of(), line().answersTo(person));
        assertEquals(
                1L,
                comuta.value(
                        "select count(*) from Events e join Sessions s using (SessionID) "
                                + "join ClientEndUsers u using (EndUserID) "
                                + "where u.PhoneNumber = ? and e.EventType = 'MensagemFalhou'",
                        person));
    }

    @Test
    void sendsLaterWhatTheProviderHasNoTimeFor() {
        String person = Comuta.newNumber();
        comuta.sandbox().providers().fault(Fault.of(provider(), Mode.RATE_LIMIT).times(2));

        line().say(person, "Oi");

        awaitStatus(person, "Enviada");
        assertEquals(1, line().answersTo(person).size());
    }

    @Test
    void neverSendsTwiceWhatGotNoAnswer() {
        String person = Comuta.newNumber();
        loseNextAnswer();

        line().say(person, "Oi");

        awaitStatus(person, statusAfterNoAnswer());
        comuta.awaitQuiet();
        assertEquals(
                "Enviada".equals(statusAfterNoAnswer()) ? 1 : 0,
                line().answersTo(person).size());
        assertEquals(statusAfterNoAnswer(), value(person, "m.Status"));
    }

    static void awaitStatus(String person, String status) {
        await("the status " + status)
                .atMost(Comuta.PATIENCE)
                .untilAsserted(() -> assertEquals(status, value(person, "m.Status")));
    }

    private static Object value(String person, String column) {
        return comuta.value(
                "select " + column + " from Messages m join Sessions s using (SessionID) "
                        + "join ClientEndUsers u using (EndUserID) "
                        + "where u.PhoneNumber = ? and m.SenderType = 'Assistente'",
                person);
    }
}
