package dev.comuta.platform.object;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.object.SealedObjects.SealedObject;
import dev.comuta.platform.problem.TransientFailure;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The S3 client against S3Proxy, which checks signatures. */
class S3StoreTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private static Vertx vertx;
    private static S3Proxy server;
    private static BlobStoreContext blobs;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        blobs = ContextBuilder.newBuilder("transient")
                .credentials("id", "secret")
                .buildView(BlobStoreContext.class);
        BlobStore store = blobs.getBlobStore();
        store.createContainerInLocation(null, "comuta-media");
        server = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "id", "secret")
                .virtualHost("localhost")
                .build();
        server.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
        blobs.close();
        vertx.close();
    }

    private static S3Store store(String host, boolean pathStyle, String secret) {
        URI endpoint = URI.create("http://" + host + ":" + server.getPort());
        return new S3Store(
                vertx,
                new S3Account(endpoint, "us-east-1", "comuta-media", "id", secret, pathStyle, Duration.ofSeconds(10)),
                Clock.systemUTC());
    }

    private static S3Store store() {
        return store("localhost", true, "secret");
    }

    private Path file(byte[] bytes) throws Exception {
        return Files.write(directory.resolve("incoming-file"), bytes);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return SealedObjectsTest.hex(
                java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void storesReadsAndDeletesAnObject() throws Exception {
        byte[] bytes = SealedObjectsTest.text(3_000_000);
        Path file = file(bytes);
        S3Store store = store();
        store.put(KEY, file, bytes.length, sha256(bytes)).await().atMost(SOON);
        assertFalse(Files.exists(file));
        assertEquals(bytes.length, store.head(KEY).await().atMost(SOON));
        assertArrayEquals(bytes, read(store, 0, bytes.length));
        assertArrayEquals(Arrays.copyOfRange(bytes, 70_000, 200_001), read(store, 70_000, 130_001));
        store.delete(KEY).await().atMost(SOON);
        store.delete(KEY).await().atMost(SOON);
        assertNull(store.head(KEY).await().atMost(SOON));
        assertThrows(TransientFailure.class, () -> store.get(KEY, 0, 1).await().atMost(SOON));
    }

    @Test
    void bucketCanBeInTheHost() throws Exception {
        byte[] bytes = {1, 2, 3};
        S3Store inHost = store("localhost", false, "secret");
        inHost.put(KEY, file(bytes), 3, sha256(bytes)).await().atMost(SOON);
        assertEquals(3, store().head(KEY).await().atMost(SOON));
    }

    @Test
    void wrongSecretIsRefused() throws Exception {
        byte[] bytes = {1, 2, 3};
        Path file = file(bytes);
        S3Store wrong = store("localhost", true, "other");
        assertThrows(
                TransientFailure.class,
                () -> wrong.put(KEY, file, 3, sha256(bytes)).await().atMost(SOON));
    }

    /** The signed checksum protects the body on the way. */
    @Test
    void bodyWithAnotherChecksumIsRefused() throws Exception {
        byte[] bytes = {1, 2, 3};
        Path file = file(bytes);
        assertThrows(TransientFailure.class, () -> store().put(KEY, file, 3, sha256(new byte[] {1, 2, 4}))
                .await()
                .atMost(SOON));
    }

    @Test
    void storeThatIsAwayIsATransientFailure() throws Exception {
        S3Store away =
                new S3Store(vertx, TestObjects.account(URI.create("http://127.0.0.1:1"), true), Clock.systemUTC());
        assertThrows(TransientFailure.class, () -> away.head(KEY).await().atMost(SOON));
    }

    @Test
    void encryptedObjectIsReadInParts() throws Exception {
        SealedObjects objects = TestObjects.in(vertx, directory, 0, store());
        byte[] text = SealedObjectsTest.text(200_000);
        IncomingFile file = objects.receive(1 << 20).await().atMost(SOON);
        file.write(Buffer.buffer(text));
        file.end()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        SealedObject object = objects.store(file, ObjectKey.next()).await().atMost(SOON);
        assertArrayEquals(
                Arrays.copyOfRange(text, 65_000, 140_000),
                SealedObjectsTest.collect(
                        objects.open(object, 65_000, 75_000).await().atMost(SOON)));
        objects.delete(object.key()).await().atMost(SOON);
    }

    private static byte[] read(S3Store store, long offset, long length) throws Exception {
        return SealedObjectsTest.collect(store.get(KEY, offset, length).await().atMost(SOON));
    }
}
