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

/** The contract of every provider's sender. */
abstract class MessageSenderContract {

    static Comuta comuta;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
    }

    @AfterEach
    void clearFaults() {
        comuta.sandbox().providers().clearFaults();
    }

    /** The client's number at this provider. */
    abstract Line line();

    /** The provider's name in the sandbox. */
    abstract String provider();

    /** The number of requests that send a message to the person, including those with a simulated fault. */
    abstract int attempts(String person);

    /** The status of a message whose request got no response. */
    abstract String statusWithoutResponse();

    /** Makes the provider reject messages to the returned person permanently. */
    String rejectPerson() {
        String person = Comuta.newNumber();
        comuta.sandbox()
                .providers()
                .fault(Fault.of(provider(), Mode.FAIL).status(400).times(1).containing(digits(person)));
        return person;
    }

    /** Makes the provider send no response to the next message to the person. */
    void loseNextResponse(String person) {
        comuta.sandbox()
                .providers()
                .fault(Fault.of(provider(), Mode.RESET).times(1).containing(digits(person)));
    }

    /** A number as it is in the requests to every provider. */
    static String digits(String number) {
        return number.substring(1);
    }

    @Test
    void sendsAMessageOnceAndStoresTheProvidersId() {
        String person = Comuta.newNumber();

        line().say(person, "Oi");

        awaitStatus(person, "Enviada");
        assertEquals(1, attempts(person));
        assertEquals(1, line().answersTo(person).size());
        assertTrue(value(person, "m.ProviderMessageID") != null, "the provider's id is stored");
    }

    @Test
    void failsAMessageThatTheProviderRejects() {
        String person = rejectPerson();

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
    void retriesAThrottledMessage() {
        String person = Comuta.newNumber();
        comuta.sandbox()
                .providers()
                .fault(Fault.of(provider(), Mode.RATE_LIMIT).times(2).containing(digits(person)));

        line().say(person, "Oi");

        awaitStatus(person, "Enviada");
        assertEquals(1, line().answersTo(person).size());
    }

    @Test
    void neverSendsAMessageWithoutAResponseTwice() {
        String person = Comuta.newNumber();
        loseNextResponse(person);

        line().say(person, "Oi");

        awaitStatus(person, statusWithoutResponse());
        comuta.awaitNoOpenTask();
        assertEquals(
                "Enviada".equals(statusWithoutResponse()) ? 1 : 0,
                line().answersTo(person).size());
        assertEquals(statusWithoutResponse(), value(person, "m.Status"));
    }

    static void awaitStatus(String person, String status) {
        await("the status " + status)
                .atMost(Comuta.TIMEOUT)
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
