package dev.comuta.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.media.SentFiles.Sending;
import dev.comuta.media.SentFiles.Wanted;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.secret.TestSecrets;
import dev.comuta.sandbox.SandboxPostgres;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which uploads messages can send, and when an upload is removed. */
class SentFilesTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    private final MediaStore media = new MediaStore();
    private final MediaLinks links = new MediaLinks(
            TestSecrets.secrets(),
            Clock.systemUTC(),
            () -> URI.create("https://comuta.example"),
            TestTransactions.config(MediaConfig.class, Map.of("comuta.media.link-time-limit", "1m")));
    private final SentFiles files = new SentFiles(media, links);
    private long mediaId;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A'), ('B')");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status, Provider)
                values (1, 'WhatsApp', '+5511999990001', 'Ativo', 'Gateway')""");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void upload() {
        postgres.query("delete from UnusedObjects");
        mediaId = (Long) postgres.value("""
                insert into MediaObjects (ClientID, Kind, Status, MimeType, FileName, Size, ObjectKey, DataKey)
                values (1, 'Áudio', 'Disponível', 'audio/ogg', 'recado.ogg', 1000, gen_random_uuid()::text, 'k')
                returning MediaID""");
    }

    @Test
    void referenceHasTypeAndName() {
        MediaRef file = require(1, "Áudio", 1000);
        assertEquals(new MediaRef(null, null, "audio/ogg; codecs=opus", "recado.ogg", null, mediaId), file);
    }

    @Test
    void rejectsWhatDoesNotFit() {
        assertRejected("is not a file that this client uploaded", () -> require(2, "Áudio", 1000));
        assertRejected("is a file of the kind Áudio, not Documento", () -> require(1, "Documento", 1000));
        assertRejected("has 1000 bytes; a file has at most 0 kB", () -> require(1, "Áudio", 999));
        postgres.query("update MediaObjects set Status = 'Retida' where MediaID = ?", mediaId);
        assertRejected("its status is Retida", () -> require(1, "Áudio", 1000));
    }

    @Test
    void fileOfAnEndUserIsNotSent() {
        postgres.query("update MediaObjects set Source = '{}' where MediaID = ?", mediaId);
        assertRejected("is not a file that this client uploaded", () -> require(1, "Áudio", 1000));
    }

    /** Whatever the setting for people says. */
    @Test
    void linkLivesTenMinutesAndEndsWithTheFile() {
        MediaRef sent = tx(tx -> files.linked(tx, 1, new MediaRef(null, null, "audio/ogg", "a.ogg", null, mediaId)));
        String token = sent.url().substring(sent.url().lastIndexOf('/') + 1);
        assertEquals(new MediaLinks.Target(1, mediaId), links.read(token).orElseThrow());
        MediaLinks later = new MediaLinks(
                TestSecrets.secrets(),
                Clock.offset(Clock.systemUTC(), Duration.ofSeconds(590)),
                () -> URI.create("https://comuta.example"),
                TestTransactions.config(MediaConfig.class));
        MediaLinks tooLate = new MediaLinks(
                TestSecrets.secrets(),
                Clock.offset(Clock.systemUTC(), Duration.ofSeconds(601)),
                () -> URI.create("https://comuta.example"),
                TestTransactions.config(MediaConfig.class));
        assertTrue(later.read(token).isPresent());
        assertTrue(tooLate.read(token).isEmpty());

        postgres.query("delete from MediaObjects where MediaID = ?", mediaId);
        MediaRef file = new MediaRef(null, null, null, null, null, mediaId);
        assertThrows(PermanentFailure.class, () -> tx(tx -> files.linked(tx, 1, file)));
    }

    @Test
    void fileIsRemovedWithItsLastSession() {
        long first = session();
        long second = session();
        send(first, 11);
        send(second, 12);
        removeSession(first);
        assertEquals(1L, stored());
        removeSession(second);
        assertEquals(0L, stored());
        assertEquals(1L, postgres.value("select count(*) from UnusedObjects"));
    }

    @Test
    void fileIsRemovedWithItsLastMessage() {
        long session = session();
        send(session, 21);
        send(session, 22);
        tx(tx -> media.removeOfMessages(tx, List.of(21L)));
        assertEquals(1L, stored());
        tx(tx -> media.removeOfMessages(tx, List.of(22L)));
        assertEquals(0L, stored());
    }

    @Test
    void sessionRemovedByPlainSqlTakesTheFileWithIt() {
        long session = session();
        send(session, 31);
        postgres.query("update Sessions set EndTime = now() where SessionID = ?", session);
        postgres.query("delete from Sessions where SessionID = ?", session);
        assertEquals(0L, stored());
    }

    /** Neither removal sees that the other one is committed. */
    @Test
    void twoRemovalsAtTheSameTimeRemoveTheFile() {
        for (int i = 0; i < 5; i++) {
            upload();
            long first = session();
            long second = session();
            send(first, 41 + 2 * i);
            send(second, 42 + 2 * i);
            CompletableFuture<Void> one = CompletableFuture.runAsync(() -> removeSession(first));
            CompletableFuture<Void> two = CompletableFuture.runAsync(() -> removeSession(second));
            CompletableFuture.allOf(one, two).join();
            assertEquals(0L, stored(), "round " + i);
        }
    }

    @Test
    void unusedUploadIsNotRemovedByTheMessagesOfOthers() {
        long session = session();
        removeSession(session);
        assertEquals(1L, stored());
    }

    private MediaRef require(long client, String kind, long limit) {
        MediaRef file = new MediaRef(null, null, null, null, null, mediaId);
        return transactions
                .service()
                .statementsInTenant(
                        client, tx -> files.require(tx, new Wanted(client, "content.file.mediaId", kind, file, limit)))
                .await()
                .atMost(SOON);
    }

    private static void assertRejected(String detail, Runnable work) {
        Problem problem = assertThrows(Problem.class, work::run);
        assertTrue(problem.getMessage().contains(detail), problem.toString());
    }

    private static long session() {
        postgres.query("insert into ClientEndUsers (ClientID, Name) values (1, 'x')");
        return (Long) postgres.value("""
                insert into Sessions (ClientID, ChannelID, EndUserID, SessionType)
                select 1, 1, max(EndUserID), 'Conversa' from ClientEndUsers returning SessionID""");
    }

    private void send(long session, long message) {
        MediaRef file = new MediaRef(null, null, null, null, null, mediaId);
        tx(tx -> files.attach(tx, new Sending(1, session, message), file));
    }

    private void removeSession(long session) {
        tx(tx -> media.removeOfSessions(tx, new Long[] {session}));
    }

    private long stored() {
        return (Long) postgres.value("select count(*) from MediaObjects where MediaID = ?", mediaId);
    }

    private static <T> T tx(Function<Tx, Uni<T>> work) {
        return transactions.service().statementsInTenant(1, work).await().atMost(SOON);
    }
}
