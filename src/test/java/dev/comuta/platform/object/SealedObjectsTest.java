package dev.comuta.platform.object;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.object.IncomingFile.FileTooLarge;
import dev.comuta.platform.object.SealedObjects.SealedObject;
import dev.comuta.platform.problem.TransientFailure;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealedObjectsTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int SEGMENT = 1 << 16;

    private static Vertx vertx;

    @TempDir
    private Path directory;

    private SealedObjects objects;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close();
    }

    @BeforeEach
    void make() {
        objects = TestObjects.in(vertx, directory);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 65, SEGMENT - 1, SEGMENT, SEGMENT + 1, 2 * SEGMENT, 3 * SEGMENT + 12345})
    void readsWhatWasStored(int size) throws Exception {
        byte[] text = text(size);
        SealedObject object = store(text);
        assertEquals(size, object.size());
        assertArrayEquals(text, read(object, 0, size));
    }

    @ParameterizedTest
    @CsvSource({"0,1", "65535,2", "65536,65536", "1,200000", "208952,1", "131072,77881"})
    void readsPartsOfAnObject(int offset, int length) throws Exception {
        byte[] text = text(3 * SEGMENT + 12345);
        byte[] expected = new byte[length];
        System.arraycopy(text, offset, expected, 0, length);
        assertArrayEquals(expected, read(store(text), offset, length));
    }

    @Test
    void tellsSizeChecksumAndFirstBytes() throws Exception {
        IncomingFile file = received("hello, world".getBytes(StandardCharsets.UTF_8));
        assertEquals(12, file.size());
        assertEquals("09ca7e4eaa6e8ae9c7d261167129184883644d07dfba7cbfbc4c8a2e08360d5b", file.sha256());
        assertArrayEquals("hello, world".getBytes(StandardCharsets.UTF_8), file.head());
        assertEquals(64, received(text(1000)).head().length);
    }

    @Test
    void incomingFileCanBeReadBeforeItIsStored() throws Exception {
        byte[] text = text(SEGMENT + 99);
        IncomingFile file = received(text);
        assertArrayEquals(text, collect(objects.open(file).await().atMost(SOON)));
    }

    @Test
    void noFileHoldsTheTextOrAClientsName() throws Exception {
        String marker = "segredo do cliente ".repeat(5000);
        received(marker.getBytes(StandardCharsets.UTF_8));
        store(marker.getBytes(StandardCharsets.UTF_8));
        try (Stream<Path> files = Files.walk(directory).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("segredo"));
            }
        }
    }

    @Test
    void objectLiesTwoLevelsDeepAndIncomingFileIsGone() throws Exception {
        SealedObject object = store(text(10));
        String key = object.key();
        assertTrue(Files.exists(directory
                .resolve(key.substring(0, 2))
                .resolve(key.substring(2, 4))
                .resolve(key)));
        try (Stream<Path> left = Files.list(directory.resolve("incoming"))) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void keyFromOutsideIsNoPath() {
        assertThrows(IllegalArgumentException.class, () -> ObjectKey.path("../../../../etc/passwd"));
        assertThrows(IllegalArgumentException.class, () -> ObjectKey.path("planta.pdf"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 16, 70_000, SEGMENT + 16, 3 * SEGMENT + 12_345})
    void changedByteIsDetected(int position) throws Exception {
        byte[] text = text(3 * SEGMENT + 12_345);
        SealedObject object = store(text);
        Path file = fileOf(object);
        byte[] sealed = Files.readAllBytes(file);
        int at = Math.max(position, 16);
        sealed[at] ^= 1;
        Files.write(file, sealed);
        assertInstanceOf(ObjectChanged.class, failureOf(object));
    }

    @Test
    void swappedSegmentsAreDetected() throws Exception {
        SealedObject object = store(text(3 * SEGMENT));
        Path file = fileOf(object);
        byte[] sealed = Files.readAllBytes(file);
        byte[] first = new byte[SEGMENT + 16];
        System.arraycopy(sealed, 16, first, 0, first.length);
        System.arraycopy(sealed, 16 + first.length, sealed, 16, first.length);
        System.arraycopy(first, 0, sealed, 16 + first.length, first.length);
        Files.write(file, sealed);
        assertInstanceOf(ObjectChanged.class, failureOf(object));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, SEGMENT + 16, 2 * (SEGMENT + 16)})
    void cutOffObjectIsDetected(int missing) throws Exception {
        SealedObject object = store(text(3 * SEGMENT));
        Path file = fileOf(object);
        byte[] sealed = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(sealed, sealed.length - missing));
        assertInstanceOf(ObjectChanged.class, failureOf(object));
    }

    /** A row that claims a smaller size: the segment is not marked as the last one. */
    @Test
    void smallerSizeInTheRowIsDetected() throws Exception {
        SealedObject object = store(text(3 * SEGMENT));
        SealedObject shorter = new SealedObject(object.key(), object.sealedKey(), 2 * SEGMENT);
        assertInstanceOf(ObjectChanged.class, failureOf(shorter));
    }

    @Test
    void objectOfAnotherKeyIsDetected() throws Exception {
        SealedObject object = store(text(100));
        SealedObject other = store(text(100));
        assertInstanceOf(
                ObjectChanged.class, failureOf(new SealedObject(object.key(), other.sealedKey(), object.size())));
    }

    /** A receiver may leave at any time, and its events may come after the release. */
    @Test
    void releasedObjectFailsItsReaderAndIsLeftAlone() throws Exception {
        ObjectBody body =
                objects.open(store(text(3 * SEGMENT)), 0, 3 * SEGMENT).await().atMost(SOON);
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        body.stream().exceptionHandler(failure::complete);

        body.release().run();
        body.release().run();
        body.stream().pause().resume().fetch(1);

        assertInstanceOf(TransientFailure.class, failure.get(20, TimeUnit.SECONDS));
    }

    @Test
    void missingObjectIsATransientFailure() {
        SealedObject object = store(text(100));
        objects.delete(object.key()).await().atMost(SOON);
        objects.delete(object.key()).await().atMost(SOON);
        assertThrows(
                TransientFailure.class,
                () -> objects.open(object, 0, 100).await().atMost(SOON));
    }

    @Test
    void fileOverItsLimitIsRejected() {
        IncomingFile file = objects.receive(99).await().atMost(SOON);
        file.write(Buffer.buffer(text(50)));
        assertInstanceOf(FileTooLarge.class, file.write(Buffer.buffer(text(50))).cause());
        assertInstanceOf(FileTooLarge.class, file.end().cause());
        objects.discard(file).await().atMost(SOON);
        assertEquals(0, directory.resolve("incoming").toFile().list().length);
    }

    @Test
    void endedFileIsDiscarded() {
        IncomingFile file = objects.receive(100).await().atMost(SOON);
        file.write(Buffer.buffer(text(50)));
        file.end().toCompletionStage().toCompletableFuture().join();
        objects.discard(file).await().atMost(SOON);
        assertEquals(0, directory.resolve("incoming").toFile().list().length);
    }

    @Test
    void littleFreeSpaceIsAState() {
        SealedObjects full = TestObjects.in(vertx, directory, Long.MAX_VALUE);
        assertThrows(StorageFull.class, () -> full.receive(100).await().atMost(SOON));
    }

    /** The device /dev/full refuses every write as a full disk does. */
    @Test
    void diskThatBecomesFullIsAState() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        vertx.fileSystem()
                .open("/dev/full", new OpenOptions().setCreate(false).setRead(false))
                .map(device -> new IncomingFile(Path.of("/dev/full"), device, 1 << 20))
                .compose(file -> {
                    file.write(Buffer.buffer(text(SEGMENT)));
                    return file.end();
                })
                .onComplete(done -> failure.complete(done.cause()));
        assertInstanceOf(StorageFull.class, failure.get(20, TimeUnit.SECONDS));
    }

    @Test
    void filesOfAProcessThatEndedAreDeleted() throws IOException {
        IncomingFile fresh = received(text(10));
        Path old = Files.createFile(directory.resolve("incoming/old"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(7))));
        TestObjects.folder(vertx, directory, 0).sweep().await().atMost(SOON);
        assertFalse(Files.exists(old));
        assertTrue(Files.exists(fresh.path()));
    }

    private Path fileOf(SealedObject object) {
        return directory.resolve(ObjectKey.path(object.key()));
    }

    private SealedObject store(byte[] text) {
        return objects.store(received(text), ObjectKey.next()).await().atMost(SOON);
    }

    private IncomingFile received(byte[] text) {
        IncomingFile file = objects.receive(1 << 20).await().atMost(SOON);
        Random sizes = new Random(text.length);
        for (int at = 0; at < text.length; ) {
            int length = Math.min(text.length - at, 1 + sizes.nextInt(100_000));
            file.write(Buffer.buffer(length).appendBytes(text, at, length));
            at += length;
        }
        CompletableFuture<Void> ended = file.end().toCompletionStage().toCompletableFuture();
        ended.orTimeout(20, TimeUnit.SECONDS).join();
        return file;
    }

    private byte[] read(SealedObject object, int offset, int length) throws Exception {
        return collect(objects.open(object, offset, length).await().atMost(SOON));
    }

    private Throwable failureOf(SealedObject object) {
        ObjectBody body = objects.open(object, 0, object.size()).await().atMost(SOON);
        return assertThrows(ExecutionException.class, () -> collect(body)).getCause();
    }

    static byte[] collect(ObjectBody body) throws Exception {
        CompletableFuture<byte[]> whole = new CompletableFuture<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.stream()
                .exceptionHandler(whole::completeExceptionally)
                .endHandler(end -> whole.complete(bytes.toByteArray()))
                .handler(part -> bytes.writeBytes(part.getBytes()))
                .resume();
        try {
            return whole.get(20, TimeUnit.SECONDS);
        } finally {
            body.release().run();
        }
    }

    static byte[] text(int size) {
        byte[] text = new byte[size];
        new Random(size).nextBytes(text);
        return text;
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
