package dev.comuta.media;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.comuta.media.Scanner.Verdict;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.object.IncomingFile;
import dev.comuta.platform.object.SealedObjects;
import dev.comuta.platform.object.TestObjects;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scanner against clamd itself, with a signature of its own; skipped where clamd is not installed. */
class RealClamdTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String MALWARE = "comuta-test-malware-7c1f";

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private Process clamd;
    private Scanner scanner;
    private SealedObjects objects;

    @BeforeEach
    void start() throws Exception {
        Optional<Path> program = program();
        assumeTrue(program.isPresent(), "clamd is not installed (apt-get install clamav-daemon)");
        int port = freePort();
        Path signatures = Files.createDirectory(directory.resolve("signatures"));
        Files.writeString(
                signatures.resolve("test.ndb"),
                "Comuta.Test:0:*:" + HexFormat.of().formatHex(MALWARE.getBytes(StandardCharsets.US_ASCII)) + "\n");
        Path settings = Files.writeString(directory.resolve("clamd.conf"), """
                TCPSocket %d
                TCPAddr 127.0.0.1
                DatabaseDirectory %s
                Foreground yes
                StreamMaxLength 3M
                """.formatted(port, signatures));
        clamd = new ProcessBuilder(program.get().toString(), "--config-file=" + settings)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("clamd.log").toFile())
                .start();
        await().atMost(SOON).until(() -> isListening(port));
        MediaConfig config =
                TestTransactions.config(MediaConfig.class, Map.of("comuta.media.scanner.address", "127.0.0.1:" + port));
        scanner = new Scanner(new Clamd(vertx, config), config);
        objects = TestObjects.in(vertx, directory);
    }

    @AfterEach
    void stop() {
        if (clamd != null) {
            clamd.destroy();
        }
        vertx.close();
    }

    @Test
    void findsItsSignatureInALongFile() throws Exception {
        Buffer file = Buffer.buffer(new byte[1_000_000]).appendString(MALWARE).appendBytes(new byte[1_000_000]);
        Verdict verdict = scan(file);
        assertTrue(verdict.isInfected());
        assertTrue(verdict.reason().startsWith("Comuta.Test"), verdict.reason());
    }

    @Test
    void passesACleanFile() throws Exception {
        assertEquals(Verdict.CLEAN, scan(Buffer.buffer("planta do imóvel")));
    }

    @Test
    void holdsAFileAboveItsLimit() throws Exception {
        assertTrue(scan(Buffer.buffer(new byte[4_000_000])).isHeld());
    }

    private Verdict scan(Buffer content) throws Exception {
        IncomingFile file = objects.receive(10 << 20).await().atMost(SOON);
        file.write(content);
        file.end().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        return scanner.scan(() -> objects.open(file)).await().atMost(SOON);
    }

    private static Optional<Path> program() {
        return Pattern.compile(":")
                .splitAsStream(System.getenv().getOrDefault("PATH", "") + ":/usr/sbin")
                .map(folder -> Path.of(folder, "clamd"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
