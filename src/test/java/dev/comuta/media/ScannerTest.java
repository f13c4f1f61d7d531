package dev.comuta.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.media.Scanner.Verdict;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.object.IncomingFile;
import dev.comuta.platform.object.SealedObjects;
import dev.comuta.platform.object.TestObjects;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scanner against a server that reads clamd's protocol strictly. */
class ScannerTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final byte[] FILE = file();

    private static Vertx vertx;

    @TempDir
    private Path directory;

    private NetServer clamd;
    private byte[] scanned;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close();
    }

    @AfterEach
    void close() {
        if (clamd != null) {
            clamd.close();
        }
    }

    @Test
    void streamsTheWholeFile() throws Exception {
        Verdict verdict = scan(bytes -> "stream: OK\0", "hold");
        assertEquals(Verdict.CLEAN, verdict);
        assertArrayEquals(FILE, scanned);
    }

    @Test
    void namesTheMalware() throws Exception {
        Verdict verdict = scan(bytes -> "stream: Eicar-Test-Signature FOUND\0", "hold");
        assertTrue(verdict.isInfected());
        assertEquals("Eicar-Test-Signature", verdict.reason());
    }

    @Test
    void errorHoldsTheFile() throws Exception {
        Verdict verdict = scan(bytes -> "INSTREAM size limit exceeded. ERROR\0", "hold");
        assertTrue(verdict.isHeld());
        assertEquals("Não Verificado", verdict.scan());
    }

    @Test
    void scannerThatIsAwayLetsTheFilePassWhenConfigured() throws Exception {
        Verdict verdict = verdict(1, "pass");
        assertFalse(verdict.isHeld());
        assertEquals("Não Verificado", verdict.scan());
        assertNull(verdict.reason());
    }

    @Test
    void scannerThatIsAwayHoldsTheFile() throws Exception {
        assertTrue(verdict(1, "hold").isHeld());
    }

    @Test
    void silentScannerIsAway() throws Exception {
        assertTrue(scan(bytes -> "", "hold").isHeld());
    }

    @Test
    void noScannerNoScan() throws Exception {
        assertEquals(Verdict.NOT_CONFIGURED, verdict(0, "hold"));
    }

    private Verdict scan(Function<byte[], String> answer, String whenAway) throws Exception {
        clamd = vertx.createNetServer()
                .connectHandler(socket -> new Conversation(socket, answer).begin())
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        return verdict(clamd.actualPort(), whenAway);
    }

    /** @param port 0 for no scanner */
    private Verdict verdict(int port, String whenAway) throws Exception {
        Map<String, String> settings = new HashMap<>(
                Map.of("comuta.media.scanner.time-limit", "2s", "comuta.media.scanner.when-away", whenAway));
        if (port > 0) {
            settings.put("comuta.media.scanner.address", "127.0.0.1:" + port);
        }
        MediaConfig config = TestTransactions.config(MediaConfig.class, settings);
        SealedObjects objects = TestObjects.in(vertx, directory);
        IncomingFile file = objects.receive(1 << 20).await().atMost(SOON);
        file.write(Buffer.buffer(FILE));
        file.end().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        return new Scanner(new Clamd(vertx, config), config)
                .scan(() -> objects.open(file))
                .await()
                .atMost(SOON);
    }

    /** Reads the command, the chunks and the end. */
    private final class Conversation {

        private static final int COMMAND = 10;

        private final NetSocket socket;
        private final Function<byte[], String> answer;
        private final Buffer received = Buffer.buffer();

        Conversation(NetSocket socket, Function<byte[], String> answer) {
            this.socket = socket;
            this.answer = answer;
        }

        void begin() {
            socket.handler(part -> {
                received.appendBuffer(part);
                if (received.length() >= COMMAND) {
                    assertEquals("zINSTREAM\0", received.getString(0, COMMAND));
                    socket.handler(this::read);
                    read(Buffer.buffer());
                }
            });
        }

        private void read(Buffer part) {
            received.appendBuffer(part);
            int at = COMMAND;
            Buffer whole = Buffer.buffer();
            while (at + 4 <= received.length()) {
                int length = received.getInt(at);
                if (length == 0) {
                    scanned = whole.getBytes();
                    socket.write(answer.apply(scanned));
                    return;
                }
                if (at + 4 + length > received.length()) {
                    return;
                }
                whole.appendBuffer(received.slice(at + 4, at + 4 + length));
                at += 4 + length;
            }
        }
    }

    private static byte[] file() {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
