package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.channel.Provider;
import dev.comuta.message.MessageStatusReports.StatusReport;
import dev.comuta.message.OutboundMessages.Draft;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.MessageReference;
import dev.comuta.message.file.MessageFiles;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.RequestedTask;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.session.HandOverReason;
import dev.comuta.session.SessionRef;
import dev.comuta.session.SessionStore;
import dev.comuta.session.TestSessions;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.Tasks;
import dev.comuta.task.TestClaims;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a person takes over or closes a session, the assistant says nothing more: two clients, one session each. */
class TakeOverTest {

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    private final MessageStore messages = new MessageStore();
    private final Tasks tasks = new Tasks();
    private final OutboundMessages outbound =
            new OutboundMessages(messages, null, null, new Senders(List.of()), new MessageFiles(null, null), tasks);
    private final SessionStore sessions = sessions(Map.of());
    private SessionRef mine;
    private SessionRef others;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A'), ('B')");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status)
                select ClientID, 'WhatsApp', '+551130' || ClientID, 'Ativo' from Clients order by ClientID""");
        postgres.query("insert into ClientEndUsers (ClientID, PhoneNumber) values (1, '+5511988880001'), (2, '+1')");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void openOneSessionOfEachClient() {
        postgres.query("delete from Events");
        postgres.query("delete from BackgroundTasks");
        postgres.query("delete from Messages");
        postgres.query("update Sessions set EndTime = now() where EndTime is null");
        mine = open(1);
        others = open(2);
        transactions.requested().clear();
    }

    private static SessionRef open(long clientId) {
        Object id = postgres.value(
                "insert into Sessions (ClientID, ChannelID, EndUserID) values (?, ?, ?) returning SessionID",
                clientId,
                clientId,
                clientId);
        return new SessionRef(clientId, (Long) id);
    }

    @Test
    void takingOverCancelsTheQueuedRepliesOfTheSessionOnly() {
        long reply = write(mine, SenderType.ASSISTANT);
        long theirs = write(others, SenderType.ASSISTANT);

        takeOver();

        assertEquals("Cancelada", status(reply));
        assertEquals("Cancelada", taskOf(reply));
        assertEquals("Pendente", status(theirs));
        assertEquals("Pendente", taskOf(theirs));
        assertEquals(List.of("MensagemCancelada", "TarefaCancelada", "SessãoTransferida"), events(mine));
        assertEquals(List.of(), events(others));
    }

    @Test
    void closingCancelsQueuedReplies() {
        long reply = write(mine, SenderType.ASSISTANT);

        inSession(mine, tx -> TestSessions.close(sessions, tx, mine));

        assertEquals("Cancelada", status(reply));
        assertEquals("Cancelada", taskOf(reply));
    }

    @Test
    void aPersonWhoWritesTakesOverAndDoesNotWaitForARetryOfAReply() {
        long reply = write(mine, SenderType.ASSISTANT);
        postgres.query("update BackgroundTasks set Attempts = 3, NotBefore = now() + interval '1 minute'");

        personWrites(sessions);
        long own = write(mine, SenderType.USER);

        assertEquals("Cancelada", status(reply));
        assertEquals(
                true,
                postgres.value("select HandedOffAt is not null from Sessions where SessionID = ?", mine.sessionId()));
        assertEquals(
                List.of("EnvioMensagem"),
                claim(own).stream().map(task -> task.type().stored()).toList());
    }

    @Test
    void aPersonsMessageThatWaitedForACanceledReplyIsPublished() {
        write(mine, SenderType.ASSISTANT);
        long own = write(mine, SenderType.USER);
        transactions.requested().clear();

        takeOver();

        assertEquals("Pendente", status(own));
        assertEquals(
                List.of(taskId(own)),
                transactions.requested().stream().map(RequestedTask::taskId).toList());
    }

    @Test
    void aPersonWhoWritesDoesNotTakeOverWhenTheSettingsSaySo() {
        long reply = write(mine, SenderType.ASSISTANT);

        personWrites(sessions(Map.of("comuta.session.take-over-by-message", "false")));

        assertEquals("Pendente", status(reply));
        assertEquals(
                true, postgres.value("select HandedOffAt is null from Sessions where SessionID = ?", mine.sessionId()));
    }

    @Test
    void theAssistantsOwnHandOffCancelsNothingUntilAPersonWrites() {
        long reply = write(mine, SenderType.ASSISTANT);

        inSession(mine, tx -> sessions.handOff(tx, mine, HandOverReason.ASSISTANT));
        assertEquals("Pendente", status(reply));
        personWrites(sessions);

        assertEquals("Cancelada", status(reply));
        assertEquals(
                1, events(mine).stream().filter("SessãoTransferida"::equals).count());
    }

    @Test
    void anAttemptUnderWayIsNotCanceledButNotRetriedEither() {
        long reply = write(mine, SenderType.ASSISTANT);
        claim(reply);

        takeOver();
        assertEquals("Pendente", status(reply));
        assertEquals("Em Andamento", taskOf(reply));

        postgres.query("update BackgroundTasks set Status = 'Pendente', LeaseID = null");
        finish(claim(reply).getFirst());
        assertEquals("Cancelada", status(reply));
    }

    @Test
    void aReplyThatMayHaveBeenSentIsNotCanceled() {
        long reply = write(mine, SenderType.ASSISTANT);
        postgres.query("update BackgroundTasks set LeaseID = gen_random_uuid(), Attempts = 1");

        takeOver();

        assertEquals("Pendente", status(reply));
        assertEquals("Pendente", taskOf(reply));
    }

    @Test
    void aLateReportDoesNotReviveACanceledReply() {
        long reply = write(mine, SenderType.ASSISTANT);
        takeOver();

        Long moved = new MessageStatusReports(transactions.service())
                .apply(List.of(new StatusReport(
                        Provider.of("Gateway"),
                        1L,
                        null,
                        "wamid",
                        new MessageReference(reply, null),
                        MessageStatus.DELIVERED,
                        null,
                        null)))
                .await()
                .indefinitely();

        assertEquals(0, moved);
        assertEquals("Cancelada", status(reply));
    }

    @Test
    void aTurnUnderWayDoesNotAnswerIntoAClosedSession() {
        long question = question(mine);
        long theirs = question(others);
        inSession(mine, tx -> TestSessions.close(sessions, tx, mine));

        assertFalse(markAnswered(mine, question));
        assertTrue(markAnswered(others, theirs));
    }

    @Test
    void aSessionIsReleasedAfterSomeHoursWithoutAPerson() throws SQLException {
        long question = question(mine);
        handedOff("13 hours", null);
        assertEquals(1, releaseUnattended());
        assertEquals(0L, postgres.value("select TurnTaskID from Messages where MessageID = ?", question));
        assertEquals(
                "inatividade",
                postgres.value("select EventData ->> 'motivo' from Events where EventType = 'SessãoLiberada'"));

        handedOff("13 hours", "11 hours");
        assertEquals(0, releaseUnattended());
        handedOff("11 hours", null);
        assertEquals(0, releaseUnattended());
        handedOff("14 hours", "13 hours");
        assertEquals(0, whileLocked(mine, this::releaseUnattended));
        assertEquals(1, releaseUnattended());
    }

    private void handedOff(String ago, String actedAgo) {
        postgres.query(
                "update Sessions set HandedOffAt = now() - ?::interval, PersonActedAt = now() - ?::interval "
                        + "where SessionID = ?",
                ago,
                actedAgo,
                mine.sessionId());
    }

    private int releaseUnattended() {
        return transactions
                .service()
                .statementsAsPlatform(
                        PlatformReason.PLATFORM_TASK,
                        tx -> TestSessions.releaseUnattended(sessions, tx, Duration.ofHours(12)))
                .await()
                .indefinitely();
    }

    private interface Work {
        int run();
    }

    private static int whileLocked(SessionRef session, Work work) throws SQLException {
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        try (Connection other = DriverManager.getConnection(postgres.jdbcUrl(), owner.username(), owner.password());
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("set local role comuta_platform");
            statement.execute("select from Sessions where SessionID = " + session.sessionId() + " for no key update");
            int result = work.run();
            other.rollback();
            return result;
        }
    }

    private SessionStore sessions(Map<String, String> settings) {
        return TestSessions.store(
                List.of(new QueuedReplies(messages, tasks), new AnsweredByPeople(messages)), settings);
    }

    private void takeOver() {
        inSession(mine, tx -> sessions.handOff(tx, mine, HandOverReason.REQUEST));
    }

    private void personWrites(SessionStore store) {
        inSession(mine, tx -> store.lock(tx, mine).chain(locked -> store.personWrites(tx, mine, locked)));
    }

    private static <T> T inSession(SessionRef session, Function<Tx, Uni<T>> work) {
        return transactions
                .service()
                .statementsInTenant(session.clientId(), work)
                .await()
                .indefinitely();
    }

    private long write(SessionRef session, SenderType sender) {
        Draft draft = new Draft(session.clientId(), session.sessionId(), sender, new Content.Text("Olá"), null);
        return inSession(session, tx -> outbound.write(tx, draft));
    }

    private static long question(SessionRef session) {
        return (Long) postgres.value(
                "insert into Messages (SessionID, SenderType, ContentType, Content) "
                        + "values (?, 'Usuário-Cliente', 'Texto', 'Oi') returning MessageID",
                session.sessionId());
    }

    private boolean markAnswered(SessionRef session, long message) {
        return inSession(session, tx -> messages.markAnswered(tx, session, List.of(message), 1));
    }

    private static List<ClaimedTask> claim(long message) {
        return TestClaims.claim(transactions.service(), MessageTasks.SEND_MESSAGE, taskId(message));
    }

    private void finish(ClaimedTask task) {
        DeliveryConfig config = TestTransactions.config(DeliveryConfig.class);
        Outcome outcome = new SendMessageHandler(
                        new Senders(List.of()),
                        transactions.service(),
                        messages,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        tasks,
                        config)
                .run(task)
                .await()
                .indefinitely();
        inSession(mine, ((Outcome.Done) outcome).effects()::write);
    }

    private static long taskId(long message) {
        return (Long) ofTask("TaskID", message);
    }

    private static Object taskOf(long message) {
        return ofTask("Status", message);
    }

    private static Object ofTask(String column, long message) {
        return postgres.value(
                "select " + column + " from BackgroundTasks where (RequestData ->> 'messageId')::bigint = ?", message);
    }

    private static Object status(long message) {
        return postgres.value("select Status from Messages where MessageID = ?", message);
    }

    private static List<String> events(SessionRef session) {
        return postgres
                .query("select EventType from Events where SessionID = ? order by EventID", session.sessionId())
                .stream()
                .map(row -> (String) row.get("eventtype"))
                .toList();
    }
}
