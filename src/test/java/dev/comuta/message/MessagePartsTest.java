package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.channel.Provider;
import dev.comuta.channel.TestChannels;
import dev.comuta.message.MessageStatusReports.StatusReport;
import dev.comuta.message.OutboundMessages.Draft;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.DeliveryReport;
import dev.comuta.message.content.MessageReference;
import dev.comuta.message.file.MessageFiles;
import dev.comuta.message.rule.RefusedMessage;
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
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
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

    /** The sends of one session wait for each other. */
    @AfterEach
    void cancelOpenTasks() {
        postgres.query("update BackgroundTasks set Status = 'Cancelada' where Status <> 'Concluída'");
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
    }

    @Test
    void theErrorOfThePartThatFailedIsTheMessages() {
        long message = send(TEXT);
        report(message, 1, MessageStatus.SENT, priced());
        report(
                message,
                2,
                MessageStatus.FAILED,
                DeliveryReport.ofError(131026, "Not deliverable", "d", "undeliverable"));
        report(message, 3, MessageStatus.FAILED, DeliveryReport.ofError(131049, "Limited", "d", "undeliverable"));

        DeliveryReport delivery = delivery(message);
        assertEquals(131026, delivery.errorCode());
        assertEquals("Not deliverable", delivery.errorTitle());
        assertEquals("undeliverable", delivery.remedy());
        assertEquals("service", delivery.category());
        assertEquals(
                "131026",
                postgres.value(
                        "select string_agg(EventData ->> 'erro', ',') from Events where EventType = 'MensagemFalhou' and EventData ->> 'MessageID' = ?",
                        Long.toString(message)));

        report(message, 2, MessageStatus.DELIVERED, null);
        assertEquals(131049, delivery(message).errorCode(), "the second part arrived nevertheless");
        report(message, 3, MessageStatus.DELIVERED, null);
        report(message, 1, MessageStatus.DELIVERED, null);
        assertEquals("Entregue", status(message));
        assertNull(delivery(message).errorCode());
    }

    @Test
    void aPartOutsideOfTheWindowEndsIt() {
        long message = send(TEXT);
        postgres.query("update Sessions set WindowEndsAt = now() + interval '1 day'");
        report(message, 1, MessageStatus.FAILED, DeliveryReport.ofError(131026, "undeliverable"));
        assertEquals(true, postgres.value("select WindowEndsAt > now() from Sessions"));

        report(message, 3, MessageStatus.FAILED, DeliveryReport.ofError(131047, "template"));
        assertEquals(false, postgres.value("select WindowEndsAt > now() from Sessions"));
    }

    @Test
    void aRetryOfAPartThatFailedByAReportSendsItAlone() {
        long message = send(TEXT);
        long task = tasks(message).get(1);
        ClaimedTask second = ended(task);
        assertFalse(mayBeRedone(second));
        report(message, 2, MessageStatus.FAILED, DeliveryReport.ofError(131026, "undeliverable"));
        assertTrue(mayBeRedone(second));
        assertFalse(mayBeRedone(ended(tasks(message).get(2))), "the third part did not fail");

        inTransaction(tx -> handler.onRetried(tx, second));
        assertEquals("Pendente", status(message));
        assertNull(delivery(message));
        sender.requests.clear();
        sender.answer = request -> Uni.createFrom().item("again-" + message);
        open(task);
        send(task);

        assertEquals(List.of("Segunda frase."), texts());
        assertEquals("Enviada", status(message));
        report("id-" + message + "-2", new MessageReference(message, 2), MessageStatus.FAILED);
        assertEquals("Enviada", status(message), "the failed attempt is another one");
    }

    @Test
    void theCauseOfARefusedPartIsTheMessages() {
        long message = write(TEXT);
        ClaimedTask first = claim(tasks(message).get(0)).getFirst();
        sender.refuse(RefusedMessage.forGood("refused", DeliveryReport.ofError(131026, "t", "why", "undeliverable")));
        Outcome.Failed refused = assertInstanceOf(
                Outcome.Failed.class, handler.run(first).await().indefinitely());
        ClaimedTask failed = ended(first.taskId());
        inTransaction(tx -> handler.onFailed(tx, failed, refused.cause()));
        assertEquals("refused", delivery(message).errorDetails());
        inTransaction(refused.effects()::write);

        assertEquals("why", delivery(message).errorDetails());
        assertEquals(131026, delivery(message).errorCode());
        inTransaction(tx -> handler.onRetried(tx, first));
        assertNull(delivery(message));
    }

    @Test
    void theMessageOfAnErasedEndUserIsNotSentAgain() {
        long message = send(TEXT);
        report(message, 1, MessageStatus.FAILED, null);
        long task = tasks(message).getFirst();
        postgres.query("update BackgroundTasks set RequestData = RequestData - 'part' where TaskID = ?", task);
        assertTrue(mayBeRedone(ended(task)));

        postgres.query("update Messages set ProviderMessageID = 'apagado' where MessageID = ?", message);

        assertFalse(mayBeRedone(ended(task)));
        postgres.query("update BackgroundTasks set RequestData = '{}' where TaskID = ?", task);
        assertFalse(mayBeRedone(ended(task)), "a task without a message");
    }

    @Test
    void aShortTextHasNoParts() {
        long message = write("Oi");

        assertEquals(1, tasks(message).size());
        assertEquals(0L, postgres.value("select count(*) from MessageParts where MessageID = ?", message));
        send(tasks(message).getFirst());
        assertEquals("Enviada", status(message));
    }

    /** Writes a message and sends all its parts. */
    private long send(String text) {
        long message = write(text);
        tasks(message).forEach(this::send);
        return message;
    }

    private boolean mayBeRedone(ClaimedTask task) {
        return transactions
                .service()
                .statementsInTenant(1, tx -> handler.mayBeRedone(tx, task))
                .await()
                .indefinitely();
    }

    /** An ended task, as a retry or its completion sees it. */
    private static ClaimedTask ended(long taskId) {
        open(taskId);
        ClaimedTask claimed = claim(taskId).getFirst();
        postgres.query("update BackgroundTasks set Status = 'Concluída' where TaskID = ?", taskId);
        return claimed;
    }

    private static void open(long taskId) {
        postgres.query(
                "update BackgroundTasks set Status = 'Pendente', LeaseID = null, DueAt = now() where TaskID = ?",
                taskId);
    }

    private static DeliveryReport priced() {
        return new DeliveryReport("c1", "service", "PMP", true, null, null, null, null, null, null);
    }

    private static DeliveryReport delivery(long message) {
        Object stored = postgres.value("select Delivery::text from Messages where MessageID = ?", message);
        return stored == null ? null : DeliveryReport.of(new JsonObject((String) stored), (String) status(message));
    }

    private static void report(long message, int part, MessageStatus status, DeliveryReport delivery) {
        String cause = delivery == null || delivery.errorCode() == null ? null : Integer.toString(delivery.errorCode());
        report("id-" + message + "-" + part, new MessageReference(message, part), status, delivery, cause);
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
        report(id, message, status, null, null);
    }

    private static void report(
            String id, MessageReference message, MessageStatus status, DeliveryReport delivery, String cause) {
        new MessageStatusReports(transactions.service())
                .apply(List.of(new StatusReport(SHORT, 1L, null, id, message, status, delivery, cause)))
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
