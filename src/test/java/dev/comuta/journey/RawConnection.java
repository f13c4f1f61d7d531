package dev.comuta.journey;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A TCP connection for requests that no HTTP client sends. */
final class RawConnection implements AutoCloseable {

    private static final int READ_TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final BufferedReader responses;

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        this.responses =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    static RawConnection to(URI server) {
        try {
            return new RawConnection(new Socket(server.getHost(), server.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the headers of a delivery and additional headers, without a body. */
    void begin(SignedDelivery delivery, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(delivery.headers());
        all.putAll(headers);
        StringBuilder head = new StringBuilder("POST " + delivery.path() + " HTTP/1.1\r\nhost: localhost\r\n");
        all.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        write(head.append("\r\n").toString());
    }

    void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes one chunk of a chunked body. */
    void writeChunk(String text) {
        write(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    /** Reads the next response to the end of its body, and returns its status. */
    int readStatus() {
        try {
            int status = Integer.parseInt(responses.readLine().split(" ", -1)[1]);
            int length = 0;
            for (String line = responses.readLine(); !line.isEmpty(); line = responses.readLine()) {
                length = line.startsWith("content-length: ") ? Integer.parseInt(line.substring(16)) : length;
            }
            // In this charset a text has as many characters as bytes.
            responses.skip(length);
            return status;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads all that the server sends until it closes the connection. */
    String readToEnd() {
        StringBuilder text = new StringBuilder();
        try {
            for (int next = responses.read(); next >= 0; next = responses.read()) {
                text.append((char) next);
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads this many characters, and leaves the rest unread. */
    void skip(long characters) {
        try {
            for (long left = characters; left > 0; ) {
                left -= responses.skip(left);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the server closes the connection; false when it sends more. */
    boolean isClosed() {
        try {
            return responses.read() < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
