package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.comuta.channel.Provider;
import dev.comuta.message.content.Content;
import dev.comuta.message.rule.SendingRules;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.problem.Problem.Violation;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TestClaims;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Free content that waits until its window has ended is not sent. */
class SendingWindowTest {

    private static final String TEMPLATE = "{\"name\": \"visita\", \"language\": \"pt_BR\"}";

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;
    private static int channels;

    private final CountingSender sender = new CountingSender();
    private final TaskHandler handler = TestSending.sending(vertx, transactions.service(), List.of(sender), 8);

    /** A provider with a window. */
    private static final class CountingSender implements MessageSender {

        private int requests;

        @Override
        public Provider provider() {
            return Provider.of("ComJanela");
        }

        @Override
        public Duration timeLimit() {
            return Duration.ofSeconds(1);
        }

        @Override
        public boolean hasWindow() {
            return true;
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
            requests++;
            return Uni.createFrom().item("id");
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
    void anAnswerAfterTheWindowFailsAndPeopleGetTheSession() {
        long session = session("{}", "-1 second");
        ClaimedTask task = task(session, "Texto", null);

        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, run(task));
        inTenant(task, failed.cause());

        assertEquals(SendingRules.WINDOW_ENDED, failed.cause());
        assertEquals(0, sender.requests);
        assertEquals("Falhou", postgres.value("select Status from Messages where SessionID = ?", session));
        assertEquals(
                SendingRules.WINDOW_ENDED,
                postgres.value(
                        "select Delivery -> 'Falhou' ->> 'errorDetails' from Messages where SessionID = ?", session));
        assertEquals(
                "janela encerrada",
                postgres.value(
                        "select EventData ->> 'motivo' from Events where SessionID = ? and EventType = 'SessãoTransferida'",
                        session));
        assertEquals(true, postgres.value("select HandedOffAt is not null from Sessions where SessionID = ?", session));
    }

    @Test
    void aRefusalOfTheProviderEndsTheWindow() {
        long session = session("{}", "1 hour");
        inTenant(task(session, "Texto", null), SendingRules.WINDOW_ENDED);

        assertEquals(
                true,
                postgres.value("select WindowEndsAt <= clock_timestamp() from Sessions where SessionID = ?", session));
        assertEquals(true, postgres.value("select HandedOffAt is not null from Sessions where SessionID = ?", session));
    }

    @Test
    void anotherFailureHandsNothingOver() {
        long session = session("{}", "1 hour");
        inTenant(task(session, "Texto", null), "Meta responded 400, code 131026");

        assertEquals(true, postgres.value("select HandedOffAt is null from Sessions where SessionID = ?", session));
    }

    @Test
    void anAnswerInsideTheWindowIsSent() {
        assertInstanceOf(Outcome.Done.class, run(task(session("{}", "1 minute"), "Texto", null)));
        assertEquals(1, sender.requests);
    }

    @Test
    void aTemplateIsSentAtAnyTime() {
        assertInstanceOf(Outcome.Done.class, run(task(session("{}", "-9 days"), "Modelo", TEMPLATE)));
        assertInstanceOf(Outcome.Done.class, run(task(session("{}", null), "Modelo", TEMPLATE)));
        assertEquals(2, sender.requests);
    }

    @Test
    void aChannelMayHaveNoWindow() {
        String without = "{\"enforcesWindow\": false}";
        assertInstanceOf(Outcome.Done.class, run(task(session(without, "-9 days"), "Texto", null)));
        assertEquals(1, sender.requests);
    }

    @Test
    void aNewSessionHasTheWindowOfTheLatestOneOnItsChannel() {
        long other = session("{}", "9 hours");
        long session = session("{}", "5 hours");
        postgres.query("update Sessions set EndTime = now() where SessionID in (?, ?)", session, other);

        Object opened = postgres.value("""
                select comuta_open_session(1, ChannelID, 1, null, null, interval '1 day', interval '1 day')
                from Sessions where SessionID = ?""", session);

        assertEquals(
                postgres.value("select WindowEndsAt from Sessions where SessionID = ?", session),
                postgres.value("select WindowEndsAt from Sessions where SessionID = ?", opened));
    }

    private Outcome run(ClaimedTask task) {
        return handler.run(task).await().indefinitely();
    }

    private void inTenant(ClaimedTask task, String cause) {
        transactions
                .service()
                .statementsInTenant(1, tx -> handler.onFailed(tx, task, cause))
                .await()
                .indefinitely();
    }

    private static long session(String settings, String windowEndsIn) {
        return (long) postgres.value("""
                with c as (
                    insert into CommunicationChannels
                        (ClientID, ChannelType, ChannelIdentifier, Provider, Status, Settings)
                    values (1, 'WhatsApp', ?, 'ComJanela', 'Ativo', ?::jsonb) returning ChannelID
                )
                insert into Sessions (ClientID, ChannelID, EndUserID, WindowEndsAt)
                select 1, ChannelID, 1, now() + ?::interval from c
                returning SessionID""", "+55113000%04d".formatted(++channels), settings, windowEndsIn);
    }

    private static ClaimedTask task(long session, String contentType, String data) {
        long taskId = (long) postgres.value("""
                with m as (
                    insert into Messages (SessionID, ClientID, SenderType, ContentType, Content, ContentData, Status)
                    values (?, 1, 'Assistente', ?, 'Bom dia', ?::jsonb, 'Pendente') returning MessageID, SessionID
                )
                insert into BackgroundTasks (ClientID, SessionID, TaskType, RequestData)
                select 1, SessionID, 'EnvioMensagem', jsonb_build_object('messageId', MessageID) from m
                returning TaskID""", session, contentType, data);
        return TestClaims.claim(transactions.service(), MessageTasks.SEND_MESSAGE, taskId)
                .getFirst();
    }
}
