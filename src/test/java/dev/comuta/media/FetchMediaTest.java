package dev.comuta.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.media.MediaSource.MediaLocation;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.http.TestOutbound;
import dev.comuta.platform.http.UrlSource;
import dev.comuta.platform.object.SealedObjects;
import dev.comuta.platform.object.TestObjects;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.Tasks;
import dev.comuta.task.TestClaims;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are fetched from a server that stands for a provider, with a real database and a real disk. */
class FetchMediaTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final byte[] JPEG = picture(200_000);

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    @TempDir
    private static Path directory;

    private final MediaStore media = new MediaStore();
    private final AtomicInteger located = new AtomicInteger();
    private final List<String> authorizations = new ArrayList<>();
    private final List<String> notified = new ArrayList<>();

    private HttpServer provider;
    private volatile Consumer<HttpServerRequest> response =
            request -> request.response().end(Buffer.buffer(JPEG));
    private List<Path> earlier;
    private SealedObjects objects;
    private FetchMediaHandler handler;
    private long mediaId;
    private long taskId;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A')");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status, Provider)
                values (1, 'WhatsApp', '+5511999990001', 'Ativo', 'Gateway')""");
        postgres.query("insert into ClientEndUsers (ClientID, PhoneNumber) values (1, '+5511988887777')");
        postgres.query("""
                insert into Sessions (ClientID, ChannelID, EndUserID, SessionType) values (1, 1, 1, 'Conversa')""");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void prepare() throws Exception {
        provider = vertx.createHttpServer()
                .requestHandler(request -> {
                    authorizations.add(request.getHeader("Authorization"));
                    response.accept(request);
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        handler = handler(0, 1000);
        postgres.query("delete from UnusedObjects");
        earlier = objectsOnDisk();
        request("Imagem", "{\"providerId\": \"1\", \"mimeType\": \"image/jpeg\", \"fileName\": \"casa.jpg\"}");
    }

    @AfterEach
    void close() {
        provider.close();
    }

    private FetchMediaHandler handler(long minimumFree, long megabytes) {
        return handler(TestObjects.in(vertx, directory, minimumFree), megabytes);
    }

    private FetchMediaHandler handler(SealedObjects store, long megabytes) {
        objects = store;
        return TestFetching.handler(
                vertx,
                transactions.service(),
                TestOutbound.onThisMachine(vertx),
                store,
                new Source(),
                megabytes,
                List.of(new Notified()));
    }

    /** Returns the address with its number, and credentials. */
    private final class Source implements MediaSource {

        @Override
        public String provider() {
            return "Gateway";
        }

        @Override
        public Uni<MediaLocation> locate(RemoteFile file) {
            String url = url("/file/" + located.incrementAndGet());
            return Uni.createFrom()
                    .item(new MediaLocation(
                            url,
                            Map.of("Authorization", "Bearer t"),
                            new UrlSource.Client(1),
                            new Redirects(3, host -> true)));
        }
    }

    /** Records which files can be read, and which cannot. */
    private final class Notified implements MediaListener {

        @Override
        public Uni<Void> available(Tx tx, StoredMedia row) {
            notified.add("available " + row.mediaId());
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> unavailable(Tx tx, StoredMedia row, long failed) {
            notified.add("unavailable " + row.mediaId() + " " + failed);
            return Uni.createFrom().voidItem();
        }
    }

    private String url(String path) {
        return "http://localhost:" + provider.actualPort() + path;
    }

    /** As comuta_receive requests it. */
    private void request(String kind, String file) {
        mediaId = (Long) postgres.value("select nextval('MediaObjects_MediaID_seq')");
        taskId = transactions
                .service()
                .statementsAsPlatform(
                        PlatformReason.ROUTING,
                        tx -> tx.find(
                                "select comuta_request_media($1, 1, 1, 77, 1, 'Gateway', $2, $3::text::jsonb, null)",
                                row -> row.getLong(0),
                                mediaId,
                                kind,
                                file))
                .await()
                .atMost(SOON);
    }

    @Test
    void storesAFile() throws Exception {
        assertInstanceOf(Outcome.Done.class, fetch());
        StoredMedia row = row();
        assertEquals("Disponível", row.status());
        assertEquals("image/jpeg", row.mimeType());
        assertEquals("casa.jpg", row.fileName());
        assertEquals(JPEG.length, row.size());
        assertEquals(sha256(), row.sha256());
        assertEquals(77, row.messageId());
        assertArrayEquals(JPEG, read(row));
        assertEquals(0L, unused());
        assertEquals("BuscaMídia", postgres.value("select TaskType from BackgroundTasks where TaskID = ?", taskId));
        assertEquals(taskId, postgres.value("select ConsumedBy from BackgroundTasks where TaskID = ?", taskId));
    }

    @Test
    void asksForTheAddressOnceMoreWhenItHasExpired() {
        response = request -> {
            if (request.path().equals("/file/1")) {
                request.response().setStatusCode(404).end();
            } else {
                request.response().end(Buffer.buffer(JPEG));
            }
        };
        assertInstanceOf(Outcome.Done.class, fetch());
        assertEquals("Disponível", row().status());
        assertEquals(2, located.get());
    }

    @Test
    void fileThatIsNotThereYetIsRetried() {
        response = request -> request.response().setStatusCode(404).end();
        assertThrows(TransientFailure.class, this::fetch);
        assertEquals("Pendente", row().status());
    }

    @Test
    void redirectToAnotherHostGetsNoCredentials() {
        response = request -> {
            if (request.path().startsWith("/file")) {
                request.response()
                        .setStatusCode(307)
                        .putHeader("Location", url("/cdn").replace("localhost", "cdn.example.com"))
                        .end();
            } else {
                request.response().end(Buffer.buffer(JPEG));
            }
        };
        assertInstanceOf(Outcome.Done.class, fetch());
        assertEquals(Arrays.asList("Bearer t", null), authorizations);
    }

    @Test
    void redirectsDoNotGoOnForEver() {
        response = request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", "/again")
                .end();
        assertThrows(PermanentFailure.class, this::fetch);
    }

    @Test
    void largeFileIsAStateOfItsRow() {
        response = request -> request.response().end(Buffer.buffer(picture(5_300_000)));
        assertInstanceOf(Outcome.Done.class, fetch());
        assertEquals("Indisponível", row().status());
        assertEquals("o arquivo é maior que o limite de 5 MB", row().statusReason());
        assertNull(row().object());
    }

    @Test
    void anotherTypeIsAStateOfItsRow() {
        response = request -> request.response().end("<html><script>alert(1)</script></html>");
        assertInstanceOf(Outcome.Done.class, fetch());
        assertEquals("Indisponível", row().status());
        assertEquals(List.of("unavailable " + mediaId + " " + taskId), notified);
    }

    @Test
    void programIsNoDocument() {
        request("Documento", "{\"mimeType\": \"application/pdf\"}");
        response = request -> request.response().end("MZ\u0001\u0000 a program");
        assertInstanceOf(Outcome.Done.class, fetch());
        assertEquals("Indisponível", row().status());
    }

    @Test
    void otherChecksumIsRetried() {
        String other = Base64.getEncoder().encodeToString(new byte[32]);
        request("Imagem", "{\"mimeType\": \"image/jpeg\", \"sha256\": \"" + other + "\"}");
        assertThrows(TransientFailure.class, this::fetch);
    }

    @Test
    void sameChecksumInBase64IsAccepted() throws Exception {
        String same = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(JPEG));
        request("Imagem", "{\"mimeType\": \"image/jpeg\", \"sha256\": \"" + same + "\"}");
        fetch();
        assertEquals("Disponível", row().status());
    }

    @Test
    void silentProviderIsRetried() {
        response = request -> request.response().setChunked(true).write(Buffer.buffer(JPEG));
        assertThrows(TransientFailure.class, this::fetch);
    }

    @Test
    void fullDiskWaits() {
        handler = handler(Long.MAX_VALUE, 1000);
        assertTrue(waits(fetch()));
        assertEquals("Pendente", row().status());
        assertEquals(List.of(), authorizations);
    }

    @Test
    void limitOfStoredBytesIsTheReasonUntilThereIsRoom() {
        handler = handler(0, 0);
        ClaimedTask task = claim();
        Outcome.Failed failed =
                assertInstanceOf(Outcome.Failed.class, handler.run(task).await().atMost(SOON));
        assertEquals(List.of(), authorizations);
        tx(tx -> handler.onFailed(tx, task, failed.cause())
                .chain(() -> failed.effects().write(tx)));
        assertEquals("Indisponível", row().status());
        assertEquals(
                "o limite de armazenamento foi atingido; quando houver espaço, repita a tarefa para buscar o arquivo",
                row().statusReason());
        tx(tx -> handler.onRetried(tx, task));
        assertNull(row().statusReason());
    }

    @Test
    void limitOfStoredBytesIsReachedByItsLastByte() {
        postgres.query("delete from MediaObjects where MediaID <> ?", mediaId);
        store(1_048_575);
        handler = handler(0, 1);
        assertInstanceOf(Outcome.Done.class, fetch());

        postgres.query("delete from MediaObjects where MediaID = ?", mediaId);
        store(1);
        request("Imagem", "{\"mimeType\": \"image/jpeg\"}");
        assertInstanceOf(Outcome.Failed.class, fetch());
    }

    /** A file of this size. */
    private static void store(int bytes) {
        postgres.query(
                "insert into MediaObjects (ClientID, Kind, Status, Size, ObjectKey, DataKey) "
                        + "values (1, 'Documento', 'Disponível', ?, ?, 'x')",
                bytes,
                "other-" + bytes);
    }

    @Test
    void finalFailureIsAStateOfItsRowUntilAPersonRetries() {
        ClaimedTask task = claim();
        tx(tx -> handler.onFailed(tx, task, "x"));
        assertEquals("Indisponível", row().status());
        assertEquals(List.of("unavailable " + mediaId + " " + taskId), notified);
        tx(tx -> handler.onRetried(tx, task));
        assertEquals("Pendente", row().status());
    }

    @Test
    void removedRowNeedsNoFile() {
        postgres.query("delete from MediaObjects where MediaID = ?", mediaId);
        assertInstanceOf(Outcome.Done.class, fetch());
        assertEquals(List.of(), authorizations);
    }

    /** Deleting the row erases: its key is gone at once, and the job deletes the object. */
    @Test
    void objectOfADeletedRowIsDeleted() {
        fetch();
        StoredMedia row = row();
        postgres.query("delete from MediaObjects where MediaID = ?", mediaId);
        assertEquals(1L, unused());
        removeUnusedObjects();
        assertEquals(0L, unused());
        assertThrows(
                TransientFailure.class,
                () -> objects.open(row.object(), 0, 1).await().atMost(SOON));
    }

    /** A process that ends between the object and the commit of its row. */
    @Test
    void objectWithoutARowIsEnteredBeforeItExists() {
        handler.run(claim()).await().atMost(SOON);
        assertEquals(1L, unused());
        assertEquals("Pendente", row().status());
    }

    /** Erased while the bytes arrive. */
    @Test
    void fileOfARowThatWasRemovedMeanwhileIsNotStored() throws Exception {
        response = request -> {
            postgres.query("delete from MediaObjects where MediaID = ?", mediaId);
            request.response().end(Buffer.buffer(JPEG));
        };
        assertInstanceOf(Outcome.Done.class, fetch());
        assertEquals(0L, unused());
        assertEquals(List.of(), storedObjects());
    }

    /** Erased, and its object deleted, before the object is written; then the process ends. */
    @Test
    void objectThatIsWrittenAfterTheRemovalIsDeleted() throws Exception {
        handler = handler(TestObjects.before(vertx, directory, this::removeRowAndObject), 1000);
        handler.run(claim()).await().atMost(SOON);
        assertEquals(1, storedObjects().size());
        assertEquals(1L, unused());

        postgres.query("update UnusedObjects set DueAt = now()");
        removeUnusedObjects();
        assertEquals(List.of(), storedObjects());
        assertEquals(1L, unused(), "the entry remains while a process may write");

        postgres.query("update UnusedObjects set DueAt = now(), WrittenUntil = now()");
        removeUnusedObjects();
        assertEquals(0L, unused());
    }

    /** The same, and the task completes. */
    @Test
    void objectThatIsWrittenAfterTheRemovalIsDueWhenItsTaskEnds() throws Exception {
        handler = handler(TestObjects.before(vertx, directory, this::removeRowAndObject), 1000);
        assertInstanceOf(Outcome.Done.class, fetch());
        removeUnusedObjects();
        assertEquals(List.of(), storedObjects());
        assertEquals(0L, unused());
    }

    /** Erased after the object is written, and before its task completes. */
    @Test
    void objectOfARowThatIsRemovedLaterIsDueAtOnce() throws Exception {
        handler.run(claim()).await().atMost(SOON);
        assertEquals(1, storedObjects().size());
        removeRowAndObject();
        assertEquals(List.of(), storedObjects());
    }

    private void removeRowAndObject() {
        postgres.query("delete from MediaObjects where MediaID = ?", mediaId);
        removeUnusedObjects();
    }

    private void removeUnusedObjects() {
        Outcome outcome = new UnusedObjectsHandler(transactions.service(), media, objects, new Tasks())
                .run(null)
                .await()
                .atMost(SOON);
        assertInstanceOf(Outcome.Done.class, outcome);
    }

    /** Those of this test. */
    private List<Path> storedObjects() throws Exception {
        return objectsOnDisk().stream().filter(file -> !earlier.contains(file)).toList();
    }

    private static List<Path> objectsOnDisk() throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> Files.isRegularFile(file) && !file.startsWith(directory.resolve("incoming")))
                    .toList();
        }
    }

    private static boolean waits(Outcome outcome) {
        return outcome instanceof Outcome.Postponed postponed
                && postponed.after().compareTo(Duration.ofMinutes(1)) > 0;
    }

    private Outcome fetch() {
        Outcome outcome = handler.run(claim()).await().atMost(SOON);
        if (outcome instanceof Outcome.Done done) {
            tx(done.effects()::write);
        }
        return outcome;
    }

    private <T> T tx(Function<Tx, Uni<T>> work) {
        return transactions.service().statementsInTenant(1, work).await().atMost(SOON);
    }

    private ClaimedTask claim() {
        return TestClaims.claim(transactions.service(), MediaTasks.FETCH, taskId)
                .getFirst();
    }

    private StoredMedia row() {
        return tx(tx -> media.find(tx, 1, mediaId));
    }

    private static long unused() {
        return (Long) postgres.value("select count(*) from UnusedObjects");
    }

    private byte[] read(StoredMedia row) throws Exception {
        CompletableFuture<byte[]> whole = new CompletableFuture<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        objects.open(row.object(), 0, row.size()).await().atMost(SOON).stream()
                .exceptionHandler(whole::completeExceptionally)
                .endHandler(end -> whole.complete(bytes.toByteArray()))
                .handler(part -> bytes.writeBytes(part.getBytes()))
                .resume();
        return whole.get(20, TimeUnit.SECONDS);
    }

    private static String sha256() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(JPEG));
    }

    private static byte[] picture(int size) {
        byte[] bytes = new byte[size];
        bytes[0] = (byte) 0xff;
        bytes[1] = (byte) 0xd8;
        bytes[2] = (byte) 0xff;
        return bytes;
    }
}
