package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.comuta.media.MediaStore;
import dev.comuta.message.retention.ExpiredMessages;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.privacy.RetentionConfig;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.session.ExpiredSessions;
import dev.comuta.task.TasksOfSessions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a session is open, and how long its content is kept. Client 1 keeps content 7 days and media 2 days. */
class SessionLifeTest {

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;
    private static int deliveries;

    private final ExpiredMessages retention = new ExpiredMessages(
            new ExpiredSessions(),
            new TasksOfSessions(),
            new MediaStore(),
            TestTransactions.config(RetentionConfig.class));

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A'), ('B')");
        postgres.query("insert into RetentionPolicies (ClientID, ContentDays, MediaDays) values (1, 7, 2)");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status)
                select ClientID, type, '+551130' || ClientID, 'Ativo'
                from (values ('WhatsApp'), ('VoiceCall')) t(type), Clients order by type desc, ClientID""");
        postgres.query("insert into ClientEndUsers (ClientID, PhoneNumber) values (1, '+1'), (2, '+2')");
        postgres.query(
                "insert into EndUserIdentities (ClientID, Kind, Value, EndUserID) values (1, 'phone', '+1', 1), (2, 'phone', '+2', 2)");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void closeAll() {
        postgres.query("delete from Messages");
        postgres.query("update Sessions set EndTime = now() where EndTime is null");
    }

    @Test
    void theNextMessageClosesASessionThatIsTooOldAndOpensAnother() {
        long mine = conversation(1, "31 days", "1 minute");
        long theirs = conversation(2, "29 days", "1 minute");

        List<Long> sessions = receive(1, 2);

        assertNotEquals(mine, sessions.get(0));
        assertEquals(theirs, sessions.get(1));
        assertEquals("duração", reason(mine));
        assertEquals(false, handedOff(sessions.get(0)));
    }

    @Test
    void peopleWhoAnswerInASessionThatIsTooOldAnswerInTheNextOne() {
        handOff(conversation(1, "31 days", "1 minute"));
        assertEquals(true, handedOff(receive(1).getFirst()));

        closeAll();
        long idle = conversation(1, "31 days", "25 hours");
        handOff(idle);
        assertEquals(false, handedOff(receive(1).getFirst()));
        assertEquals("inatividade", reason(idle));
    }

    /** The first row is newer than the others, as after an import. */
    @Test
    void removesOldMessagesOfOpenSessions() {
        long mine = conversation(1, "20 days", "1 minute");
        long theirs = conversation(2, "20 days", "1 minute");
        for (long session : List.of(mine, theirs)) {
            Stream.of("1 day", "10 days", "8 days", "6 days").forEach(ago -> message(session, "Texto", ago));
        }

        removeExpired();

        assertEquals(2L, count("SessionID = ?", mine));
        assertEquals(0L, count("SessionID = ? and Timestamp < now() - interval '7 days'", mine));
        assertEquals(4L, count("SessionID = ?", theirs));
    }

    @Test
    void removesOldMediaReferencesOfOpenSessions() {
        long mine = conversation(1, "6 days", "1 minute");
        long theirs = conversation(2, "6 days", "1 minute");
        for (long session : List.of(mine, theirs)) {
            Stream.of("3 days", "1 day").forEach(ago -> message(session, "Imagem", ago));
            message(session, "Texto", "3 days");
        }

        removeExpired();

        assertEquals(2L, count("SessionID = ? and Payload is not null", mine));
        assertEquals(1L, count("SessionID = ? and ContentType = 'Texto' and Payload is not null", mine));
        assertEquals(3L, count("SessionID = ? and Payload is not null", theirs));
    }

    /** Rows of files go with their messages, and their objects are entered among those that a job deletes. */
    @Test
    void removesFilesOfMessages() {
        long open = conversation(1, "6 days", "1 minute");
        Stream.of("3 days", "1 day").forEach(ago -> message(open, "Imagem", ago));
        long closed = conversation(2, "500 days", "400 days");
        postgres.query("update Sessions set EndTime = now() - interval '400 days' where SessionID = ?", closed);
        message(closed, "Imagem", "400 days");
        for (long session : List.of(open, closed)) {
            postgres.query("""
                    insert into MediaObjects (ClientID, SessionID, MessageID, Kind, Status, ObjectKey, DataKey, Size)
                    select ClientID, SessionID, MessageID, 'Imagem', 'Disponível', 'key' || MessageID, 'x', 1
                    from Messages where SessionID = ?""", session);
        }

        removeExpired();

        assertEquals(1L, files(open));
        assertEquals(0L, files(closed));
        assertEquals(2L, postgres.value("select count(*) from UnusedObjects where ObjectKey like 'key%'"));
    }

    private static Object files(long session) {
        return postgres.value("select count(*) from MediaObjects where SessionID = ?", session);
    }

    @Test
    void removesAMessageThatIsAddedAfterTheContentWasRemoved() {
        long session = conversation(1, "20 days", "15 days");
        postgres.query("update Sessions set EndTime = now() - interval '10 days' where SessionID = ?", session);
        message(session, "Texto", "12 days");
        removeExpired();
        assertEquals(0L, count("SessionID = ?", session));

        message(session, "Texto", "1 minute");
        removeExpired();

        assertEquals(0L, count("SessionID = ?", session));
    }

    @Test
    void closesCallSessionsWithoutAnOpenCall() {
        long without = callSession("2 hours");
        long young = callSession("10 minutes");
        long open = callSession("2 hours");
        call(open, "In Progress", null);
        call(open, "Completed", "90 minutes");
        long ended = callSession("3 hours");
        call(ended, "No Answer", "2 hours");
        long justEnded = callSession("3 hours");
        call(justEnded, "Completed", "5 minutes");
        long withoutEndTime = callSession("3 hours");
        call(withoutEndTime, "Failed", null);
        long conversation = conversation(1, "3 hours", "2 hours");

        postgres.value("select comuta_close_calls(interval '1 hour', 100)");

        assertEquals(
                List.of(young, open, justEnded, conversation),
                postgres.query("select SessionID from Sessions where EndTime is null order by SessionID").stream()
                        .map(row -> row.get("sessionid"))
                        .toList());
        assertEquals("chamada encerrada", reason(without));
    }

    private static long conversation(long clientId, String age, String lastMessageAgo) {
        return (Long) postgres.value(
                "insert into Sessions (ClientID, ChannelID, EndUserID, StartTime, LastMessageAt) "
                        + "values (?, ?, ?, now() - ?::interval, now() - ?::interval) returning SessionID",
                clientId,
                clientId,
                clientId,
                age,
                lastMessageAgo);
    }

    private static long callSession(String age) {
        return (Long) postgres.value(
                "insert into Sessions (ClientID, ChannelID, StartTime) "
                        + "select ClientID, ChannelID, now() - ?::interval from CommunicationChannels "
                        + "where ClientID = 1 and ChannelType = 'VoiceCall' returning SessionID",
                age);
    }

    private static void call(long session, String status, String endedAgo) {
        postgres.query(
                "insert into Calls (SessionID, CallDirection, CallStatus, EndTime) "
                        + "values (?, 'Inbound', ?, now() - ?::interval)",
                session,
                status,
                endedAgo);
    }

    private static void message(long session, String contentType, String ago) {
        postgres.query(
                "insert into Messages (SessionID, SenderType, ContentType, Content, Payload, Timestamp) "
                        + "values (?, 'Usuário-Cliente', ?, 'Oi', '{\"id\": \"7\"}', now() - ?::interval)",
                session,
                contentType,
                ago);
    }

    private static void handOff(long session) {
        postgres.query("update Sessions set HandedOffAt = now() where SessionID = ?", session);
    }

    private static Object handedOff(long session) {
        return postgres.value("select HandedOffAt is not null from Sessions where SessionID = ?", session);
    }

    private static Object reason(long session) {
        return postgres.value(
                "select EventData ->> 'motivo' from Events where SessionID = ? and EventType = 'SessãoEncerrada'",
                session);
    }

    private static Object count(String condition, long session) {
        return postgres.value("select count(*) from Messages where " + condition, session);
    }

    /** Receives one message of each of these end users, and returns their sessions. */
    private static List<Long> receive(int... endUsers) {
        JsonArray items = new JsonArray();
        for (int endUser : endUsers) {
            items.add(new JsonObject()
                    .put("channel", endUser)
                    .put("contactKind", "phone")
                    .put("contact", "+" + endUser)
                    .put("phone", "+" + endUser)
                    .put("provider", "Gateway")
                    .put("providerId", "d" + deliveries++)
                    .put("contentType", "Texto")
                    .put("content", "Oi"));
        }
        return postgres
                .query(
                        "select session_id from comuta_receive(?::jsonb, interval '6 hours', interval '1 day', interval '30 days') "
                                + "order by item_no",
                        items.encode())
                .stream()
                .map(row -> (Long) row.get("session_id"))
                .toList();
    }

    private void removeExpired() {
        transactions
                .service()
                .statementsAsPlatform(PlatformReason.RETENTION, retention::removeExpired)
                .await()
                .indefinitely();
    }
}
