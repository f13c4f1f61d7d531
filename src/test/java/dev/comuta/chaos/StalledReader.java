package dev.comuta.chaos;

import dev.comuta.platform.rest.Cursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Follows the events of a client from the first one on, and reads none of them. */
final class StalledReader implements AutoCloseable {

    private static final int BUFFER = 4096;
    private static final Duration SILENCE = Duration.ofSeconds(2);

    /** More than the buffers of both sides hold. */
    private static final int BEYOND_BUFFERS = 8 << 20;

    private final Socket socket;

    private StalledReader(Socket socket) {
        this.socket = socket;
    }

    static StalledReader connect(URI server, long clientId, String key) {
        Socket socket = new Socket();
        try {
            socket.setReceiveBufferSize(BUFFER);
            socket.setSoTimeout((int) SILENCE.toMillis());
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            String request = """
                    GET /clients/%d/events/stream HTTP/1.1
                    Host: %s
                    Authorization: Bearer %s
                    Accept: text/event-stream
                    Last-Event-ID: %s

                    """.formatted(clientId, server.getAuthority(), key, Cursor.of(0, 0));
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new StalledReader(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the server still sends what was not read in time. */
    boolean isStillServed() {
        try {
            return socket.getInputStream().readNBytes(BEYOND_BUFFERS).length == BEYOND_BUFFERS;
        } catch (IOException silentOrReset) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
