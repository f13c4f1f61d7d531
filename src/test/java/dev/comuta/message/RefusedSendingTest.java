package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.comuta.message.content.DeliveryReport;
import dev.comuta.message.rule.RefusedMessage;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Effects;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The error with which a provider refuses a message is stored with the message. */
class RefusedSendingTest {

    private static final DeliveryReport PAUSED =
            DeliveryReport.ofError(7, "Template is paused", "O modelo está pausado", "content");

    private static SendingDatabase database;

    private final TestSender sender = TestSender.of("Recusa");
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
    void aRefusalForGoodIsStoredWithItsCodeTitleAndRemedy() {
        sender.refuse(RefusedMessage.forGood("refused, code 7", PAUSED));
        long session = session();
        ClaimedTask task = database.text(session);

        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, run(task));
        fail(task, failed.cause(), failed.effects());

        assertEquals("refused, code 7", failed.cause());
        assertEquals(
                new JsonObject().put("errorDetails", "O modelo está pausado").mergeIn(PAUSED.toJson()),
                delivery(session));
        assertEquals("Ativo Normal", channel(session));
    }

    @Test
    void aRefusalThatMayPassIsStoredWhenNoAttemptRemains() {
        sender.refuse(RefusedMessage.forNow(
                "refused, code 8", DeliveryReport.ofError(8, "Busy", null, "retry"), Duration.ofSeconds(9)));
        long session = session();
        ClaimedTask task = database.text(session);

        Outcome.Retry retry = assertInstanceOf(Outcome.Retry.class, run(task));
        fail(task, retry.cause(), retry.ofFailure());

        assertEquals(Duration.ofSeconds(9), retry.after());
        assertEquals(
                new JsonObject()
                        .put("errorCode", 8)
                        .put("errorTitle", "Busy")
                        .put("errorDetails", "refused, code 8")
                        .put("remedy", "retry"),
                delivery(session));
    }

    @Test
    void aRefusalBecauseOfTheChannelBlocksTheChannel() {
        sender.refuse(
                RefusedMessage.forGood("refused, code 9", DeliveryReport.ofError(9, "No access", null, "channel")));
        long session = session();

        assertInstanceOf(Outcome.Failed.class, run(database.text(session)));

        assertEquals("Ativo Bloqueado", channel(session));
    }

    @Test
    void anEarlierReportOfTheProviderIsKept() {
        sender.refuse(RefusedMessage.forGood("refused, code 7", PAUSED));
        long session = session();
        ClaimedTask task = database.text(session);

        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, run(task));
        database.query(
                "update Messages set Status = 'Falhou', Delivery = '{\"Falhou\": {\"errorCode\": 5}}' where SessionID = ?",
                session);

        fail(task, failed.cause(), failed.effects());

        assertEquals(new JsonObject().put("errorCode", 5), delivery(session));
    }

    private Outcome run(ClaimedTask task) {
        return handler.run(task).await().indefinitely();
    }

    /** Fails the message of a task for good, as the engine does. */
    private void fail(ClaimedTask attempted, String cause, Effects effects) {
        ClaimedTask task = database.claim((long) database.value("""
                insert into BackgroundTasks (ClientID, SessionID, TaskType, RequestData)
                select ClientID, SessionID, TaskType, RequestData from BackgroundTasks where TaskID = ?
                returning TaskID""", attempted.taskId()));
        database.transactions()
                .statementsInTenant(1, tx -> handler.onFailed(tx, task, cause).chain(() -> effects.write(tx)))
                .await()
                .indefinitely();
    }

    private static JsonObject delivery(long session) {
        return new JsonObject((String)
                database.value("select (Delivery -> 'Falhou')::text from Messages where SessionID = ?", session));
    }

    private static String channel(long session) {
        return (String) database.value(
                "select c.Status || ' ' || c.Condition from CommunicationChannels c join Sessions s using (ChannelID) where s.SessionID = ?",
                session);
    }

    private static long session() {
        return database.session("Recusa", "{}", null);
    }
}
