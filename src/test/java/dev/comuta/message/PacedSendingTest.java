package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.channel.Provider;
import dev.comuta.message.content.Content;
import dev.comuta.message.pace.Throttled;
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

/** A message that may not be sent now is postponed, and no request is made. */
class PacedSendingTest {

    private static final Provider LIMITED = Provider.of("Limitado");

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    private final LimitedSender sender = new LimitedSender();
    private final TaskHandler handler = TestSending.sending(vertx, transactions.service(), List.of(sender), 8);

    /** A provider that limits messages. */
    private static final class LimitedSender implements MessageSender {

        private int requests;
        private Throttled refusal;

        @Override
        public Provider provider() {
            return LIMITED;
        }

        @Override
        public Duration timeLimit() {
            return Duration.ofSeconds(1);
        }

        @Override
        public boolean isPaced() {
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
            return refusal == null
                    ? Uni.createFrom().item("id")
                    : Uni.createFrom().failure(refusal);
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
    void aMessageBeyondTheRateOfTheChannelIsPostponedWithoutARequest() {
        long session = session("+551130000001", "{\"messagesPerSecond\": 1}");

        assertInstanceOf(Outcome.Done.class, send(session));
        Outcome.Postponed postponed = assertInstanceOf(Outcome.Postponed.class, send(session));

        assertTrue(postponed.after().isPositive());
        assertEquals(1, sender.requests);
    }

    @Test
    void aRefusalForTheRateIsADefiniteAnswerThatDoesNotCount() {
        long session = session("+551130000002", "{}");
        sender.refusal = new Throttled(Throttled.Scope.NUMBER, "too many", Duration.ofSeconds(3));
        ClaimedTask task = task(session);

        Outcome.Postponed postponed = assertInstanceOf(
                Outcome.Postponed.class, handler.run(task).await().indefinitely());

        assertTrue(postponed.after().compareTo(Duration.ofSeconds(3)) >= 0, postponed.toString());
        assertInstanceOf(Outcome.Postponed.class, send(session));
        assertEquals(1, sender.requests);
        assertFalse(task.unfinished());
    }

    private static long session(String number, String settings) {
        return (long) postgres.value("""
                with c as (
                    insert into CommunicationChannels
                        (ClientID, ChannelType, ChannelIdentifier, Provider, Status, Settings)
                    values (1, 'WhatsApp', ?, 'Limitado', 'Ativo', ?::jsonb) returning ChannelID
                )
                insert into Sessions (ClientID, ChannelID, EndUserID) select 1, ChannelID, 1 from c
                returning SessionID""", number, settings);
    }

    private Outcome send(long session) {
        return handler.run(task(session)).await().indefinitely();
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
        return TestClaims.claim(transactions.service(), MessageTasks.SEND_MESSAGE, taskId)
                .getFirst();
    }
}
