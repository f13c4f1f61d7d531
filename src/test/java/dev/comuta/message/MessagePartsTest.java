package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.channel.Provider;
import dev.comuta.channel.TestChannels;
import dev.comuta.message.MessageStatusReports.StatusReport;
import dev.comuta.message.OutboundMessages.Draft;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.MessageReference;
import dev.comuta.message.file.MessageFiles;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.session.TestSessions;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.Tasks;
import dev.comuta.task.TestClaims;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A text that is too long for its provider is sent in parts, one task each. */
class MessagePartsTest {

    private static final Provider SHORT = Provider.of("Curto");
    private static final String TEXT = "Primeira frase. Segunda frase. Terceira frase.";

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    private final TestSender sender = TestSender.of("Curto").withLongestText(20);
    private final TaskHandler handler = TestSending.sending(vertx, transactions.service(), List.of(sender), 8);
    private final OutboundMessages outbound = new OutboundMessages(
            new MessageStore(),
            TestSessions.store(List.of(), Map.of()),
            TestChannels.forSending(transactions.service(), List.of(SHORT)),
            new Senders(List.of(sender)),
            new MessageFiles(null, null),
            new Tasks());

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A')");
        postgres.query("insert into ClientEndUsers (ClientID, PhoneNumber) values (1, '+5511998765432')");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Provider, Status)
                values (1, 'WhatsApp', '+551130000001', 'Curto', 'Ativo')""");
        postgres.query(
                "insert into Sessions (ClientID, ChannelID, EndUserID, SessionType) values (1, 1, 1, 'Conversa')");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @Test
    void eachPartIsSentByATaskOfItsOwnInTheirOrder() {
        long message = write(TEXT);
        List<Long> tasks = tasks(message);

        assertEquals(3, tasks.size());
        assertTrue(claim(tasks.get(1)).isEmpty(), "the second part waits for the first");
        send(tasks.get(0));
        assertEquals("Pendente", status(message));
        send(tasks.get(1));
        send(tasks.get(2));

        assertEquals(List.of("Primeira frase.", "Segunda frase.", "Terceira frase."), texts());
        assertEquals("Enviada", status(message));
        assertEquals(1L, events(message, "MensagemEnviada"));
    }

    /** The completion of the first part is stored; the second is lost, and only that one is repeated. */
    @Test
    void aPartThatWasSentIsNotSentAgain() {
        long message = write(TEXT);
        List<Long> tasks = tasks(message);
        send(tasks.get(0));
        postgres.query("update BackgroundTasks set Status = 'Pendente', DueAt = now() where TaskID = ?", tasks.get(0));

        Outcome repeated = handler.run(claim(tasks.get(0)).getFirst()).await().indefinitely();

        assertInstanceOf(Outcome.Done.class, repeated);
        assertEquals(List.of("Primeira frase."), texts());
        postgres.query(
                "update BackgroundTasks set Status = 'Cancelada' where (RequestData ->> 'messageId')::bigint = ?",
                message);
    }

    @Test
    void theStatusOfTheMessageIsTheLowestOfItsParts() {
        long message = write(TEXT);
        tasks(message).forEach(this::send);
        report("id-" + message + "-1", null, MessageStatus.READ);
        assertEquals("Enviada", status(message));
        report("id-" + message + "-2", null, MessageStatus.DELIVERED);
        report("id-" + message + "-3", null, MessageStatus.DELIVERED);
        report("id-" + message + "-1", null, MessageStatus.DELIVERED);
        assertEquals("Entregue", status(message));
        assertEquals(1L, events(message, "MensagemEntregue"));
    }

    @Test
    void aReportThatIsFasterThanOurCommitFindsThePartByOurId() {
        long message = write(TEXT);

        report("x1", new MessageReference(message, 1), MessageStatus.DELIVERED);

        assertEquals("Entregue", part(message, 1));
        assertEquals("Pendente", part(message, 2));
        assertEquals("Pendente", status(message));
        tasks(message).forEach(this::send);
        assertEquals(2, sender.requests.size());
        assertEquals("Enviada", status(message));
    }

    @Test
    void aPartThatFailsMakesTheMessageFailAndItsTaskCanBeRetried() {
        long message = write(TEXT);
        List<Long> tasks = tasks(message);
        ClaimedTask first = claim(tasks.get(0)).getFirst();
        inTransaction(tx -> handler.onFailed(tx, first, "refused"));
        assertEquals("Falhou", status(message));

        inTransaction(tx -> handler.onRetried(tx, first));
        assertEquals("Pendente", status(message));
        postgres.query(
                "update BackgroundTasks set Status = 'Cancelada' where (RequestData ->> 'messageId')::bigint = ?",
                message);
    }

    @Test
    void aShortTextHasNoParts() {
        long message = write("Oi");

        assertEquals(1, tasks(message).size());
        assertEquals(0L, postgres.value("select count(*) from MessageParts where MessageID = ?", message));
        send(tasks(message).getFirst());
        assertEquals("Enviada", status(message));
    }

    private List<String> texts() {
        return sender.requests.stream()
                .map(request -> request.content().readableText())
                .toList();
    }

    private long write(String text) {
        return transactions
                .service()
                .statementsInTenant(
                        1,
                        tx -> outbound.write(tx, new Draft(1, 1, SenderType.ASSISTANT, new Content.Text(text), null)))
                .await()
                .indefinitely();
    }

    private static List<Long> tasks(long message) {
        return postgres
                .query(
                        "select TaskID from BackgroundTasks where (RequestData ->> 'messageId')::bigint = ? order by 1",
                        message)
                .stream()
                .map(row -> ((Number) row.get("taskid")).longValue())
                .toList();
    }

    private static List<ClaimedTask> claim(long taskId) {
        return TestClaims.claim(transactions.service(), MessageTasks.SEND_MESSAGE, taskId);
    }

    private void send(long taskId) {
        Outcome.Done done = assertInstanceOf(
                Outcome.Done.class,
                handler.run(claim(taskId).getFirst()).await().indefinitely());
        inTransaction(done.effects()::write);
        postgres.query("update BackgroundTasks set Status = 'Concluída' where TaskID = ?", taskId);
    }

    private static void inTransaction(java.util.function.Function<dev.comuta.platform.db.Tx, Uni<Void>> work) {
        transactions.service().statementsInTenant(1, work).await().indefinitely();
    }

    private static void report(String id, MessageReference message, MessageStatus status) {
        new MessageStatusReports(transactions.service())
                .apply(List.of(new StatusReport(SHORT, 1L, null, id, message, status, null, null)))
                .await()
                .indefinitely();
    }

    private static Object status(long message) {
        return postgres.value("select Status from Messages where MessageID = ?", message);
    }

    private static Object part(long message, int no) {
        return postgres.value("select Status from MessageParts where MessageID = ? and No = ?", message, no);
    }

    private static Object events(long message, String type) {
        return postgres.value(
                "select count(*) from Events where EventType = ? and EventData ->> 'MessageID' = ?",
                type,
                Long.toString(message));
    }
}
