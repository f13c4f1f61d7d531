package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.comuta.channel.Provider;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.DeliveryReport;
import dev.comuta.message.rule.RefusedMessage;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.problem.Problem.Violation;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Effects;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TestClaims;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The error with which a provider refuses a message is stored with the message. */
class RefusedSendingTest {

    private static final Provider REFUSING = Provider.of("Recusa");
    private static final DeliveryReport PAUSED =
            DeliveryReport.ofError(7, "Template is paused", "O modelo está pausado", "content");

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;
    private static int channels;

    private final RefusingSender sender = new RefusingSender();
    private final TaskHandler handler = TestSending.sending(vertx, transactions.service(), List.of(sender), 8);

    /** A provider that refuses every message. */
    private static final class RefusingSender implements MessageSender {

        private RefusedMessage refusal;

        @Override
        public Provider provider() {
            return REFUSING;
        }

        @Override
        public Duration timeLimit() {
            return Duration.ofSeconds(1);
        }

        @Override
        public int maxText() {
            return 1_000;
        }

        @Override
        public Violation objection(Content content) {
            return null;
        }

        @Override
        public Uni<String> send(OutgoingMessage message) {
            return Uni.createFrom().failure(refusal);
        }
    }

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A')");
        postgres.query("insert into ClientEndUsers (ClientID, PhoneNumber) values (1, '+5511998765432')");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @Test
    void aRefusalForGoodIsStoredWithItsCodeTitleAndRemedy() {
        sender.refusal = RefusedMessage.forGood("refused, code 7", PAUSED);
        long session = session();
        ClaimedTask task = task(session);

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
        sender.refusal = RefusedMessage.forNow(
                "refused, code 8", DeliveryReport.ofError(8, "Busy", null, "retry"), Duration.ofSeconds(9));
        long session = session();
        ClaimedTask task = task(session);

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
        sender.refusal =
                RefusedMessage.forGood("refused, code 9", DeliveryReport.ofError(9, "No access", null, "channel"));
        long session = session();

        assertInstanceOf(Outcome.Failed.class, run(task(session)));

        assertEquals("Ativo Bloqueado", channel(session));
    }

    @Test
    void anEarlierReportOfTheProviderIsKept() {
        sender.refusal = RefusedMessage.forGood("refused, code 7", PAUSED);
        long session = session();
        ClaimedTask task = task(session);

        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, run(task));
        postgres.query(
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
        ClaimedTask task = claim((long) postgres.value("""
                insert into BackgroundTasks (ClientID, SessionID, TaskType, RequestData)
                select ClientID, SessionID, TaskType, RequestData from BackgroundTasks where TaskID = ?
                returning TaskID""", attempted.taskId()));
        transactions
                .service()
                .statementsInTenant(1, tx -> handler.onFailed(tx, task, cause).chain(() -> effects.write(tx)))
                .await()
                .indefinitely();
    }

    private static JsonObject delivery(long session) {
        return new JsonObject((String)
                postgres.value("select (Delivery -> 'Falhou')::text from Messages where SessionID = ?", session));
    }

    private static String channel(long session) {
        return (String) postgres.value(
                "select c.Status || ' ' || c.Condition from CommunicationChannels c join Sessions s using (ChannelID) where s.SessionID = ?",
                session);
    }

    private static long session() {
        return (long) postgres.value("""
                with c as (
                    insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Provider, Status)
                    values (1, 'WhatsApp', '+55113000000' || ?, 'Recusa', 'Ativo') returning ChannelID
                )
                insert into Sessions (ClientID, ChannelID, EndUserID) select 1, ChannelID, 1 from c
                returning SessionID""", ++channels);
    }

    private static ClaimedTask task(long session) {
        long taskId = (long) postgres.value("""
                with m as (
                    insert into Messages (SessionID, ClientID, SenderType, ContentType, Content, Status)
                    values (?, 1, 'Assistente', 'Texto', 'Bom dia', 'Pendente') returning MessageID, SessionID
                )
                insert into BackgroundTasks (ClientID, SessionID, TaskType, RequestData)
                select 1, SessionID, 'EnvioMensagem', jsonb_build_object('messageId', MessageID) from m
                returning TaskID""", session);
        return claim(taskId);
    }

    private static ClaimedTask claim(long taskId) {
        return TestClaims.claim(transactions.service(), MessageTasks.SEND_MESSAGE, taskId)
                .getFirst();
    }
}
