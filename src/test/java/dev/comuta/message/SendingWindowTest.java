package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.comuta.message.rule.SendingRules;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Free content that waits until its window has ended is not sent. */
class SendingWindowTest {

    private static final String TEMPLATE = "{\"name\": \"visita\", \"language\": \"pt_BR\"}";

    private static SendingDatabase database;

    private final TestSender sender = TestSender.of("ComJanela").withWindow();
    private final TaskHandler handler = database.sending(sender);

    @BeforeAll
    static void start() {
        database = new SendingDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void anAnswerAfterTheWindowFailsAndPeopleGetTheSession() {
        long session = session("{}", "-1 second");
        ClaimedTask task = database.text(session);

        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, run(task));
        inTenant(task, failed.cause());

        assertEquals(SendingRules.WINDOW_ENDED, failed.cause());
        assertEquals(0, sender.requests.size());
        assertEquals("Falhou", database.value("select Status from Messages where SessionID = ?", session));
        assertEquals(
                SendingRules.WINDOW_ENDED,
                database.value(
                        "select Delivery -> 'Falhou' ->> 'errorDetails' from Messages where SessionID = ?", session));
        assertEquals(
                "janela encerrada",
                database.value(
                        "select EventData ->> 'motivo' from Events where SessionID = ? and EventType = 'SessãoTransferida'",
                        session));
        assertEquals(true, database.value("select HandedOffAt is not null from Sessions where SessionID = ?", session));
    }

    @Test
    void aRefusalOfTheProviderEndsTheWindow() {
        long session = session("{}", "1 hour");
        inTenant(database.text(session), SendingRules.WINDOW_ENDED);

        assertEquals(
                true,
                database.value("select WindowEndsAt <= clock_timestamp() from Sessions where SessionID = ?", session));
        assertEquals(true, database.value("select HandedOffAt is not null from Sessions where SessionID = ?", session));
    }

    @Test
    void anotherFailureHandsNothingOver() {
        long session = session("{}", "1 hour");
        inTenant(database.text(session), "Meta responded 400, code 131026");

        assertEquals(true, database.value("select HandedOffAt is null from Sessions where SessionID = ?", session));
    }

    @Test
    void anAnswerInsideTheWindowIsSent() {
        assertInstanceOf(Outcome.Done.class, run(database.text(session("{}", "1 minute"))));
        assertEquals(1, sender.requests.size());
    }

    @Test
    void aTemplateIsSentAtAnyTime() {
        assertInstanceOf(Outcome.Done.class, run(database.message(session("{}", "-9 days"), "Modelo", TEMPLATE)));
        assertInstanceOf(Outcome.Done.class, run(database.message(session("{}", null), "Modelo", TEMPLATE)));
        assertEquals(2, sender.requests.size());
    }

    @Test
    void aChannelMayHaveNoWindow() {
        String without = "{\"enforcesWindow\": false}";
        assertInstanceOf(Outcome.Done.class, run(database.text(session(without, "-9 days"))));
        assertEquals(1, sender.requests.size());
    }

    @Test
    void aNewSessionHasTheWindowOfTheLatestOneOnItsChannel() {
        long other = session("{}", "9 hours");
        long session = session("{}", "5 hours");
        database.query("update Sessions set EndTime = now() where SessionID in (?, ?)", session, other);

        Object opened = database.value("""
                select comuta_open_session(1, ChannelID, 1, null, null, interval '1 day', interval '1 day')
                from Sessions where SessionID = ?""", session);

        assertEquals(
                database.value("select WindowEndsAt from Sessions where SessionID = ?", session),
                database.value("select WindowEndsAt from Sessions where SessionID = ?", opened));
    }

    private Outcome run(ClaimedTask task) {
        return handler.run(task).await().indefinitely();
    }

    private void inTenant(ClaimedTask task, String cause) {
        database.transactions()
                .statementsInTenant(1, tx -> handler.onFailed(tx, task, cause))
                .await()
                .indefinitely();
    }

    private static long session(String settings, String windowEndsIn) {
        return database.session("ComJanela", settings, windowEndsIn);
    }
}
