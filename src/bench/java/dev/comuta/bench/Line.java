package dev.comuta.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One HTTP/1.1 connection with at most one request under way. */
final class Line {

    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final int STATUS = "HTTP/1.1 ".length();

    private final NetSocket socket;
    private final Listener listener;
    private final StringBuilder answer = new StringBuilder();
    private long startedAt;

    /** Who sends over lines. */
    interface Listener {

        /** The request of the line was answered; the line is free. */
        void answered(Line line, int status);

        /** There will be no figure. */
        void fail(Throwable cause);
    }

    /** Takes over a socket; the listener is told of every answer. */
    Line(NetSocket socket, Listener listener) {
        this.socket = socket;
        this.listener = listener;
        socket.handler(this::read);
        socket.closeHandler(closed -> listener.fail(new BenchFailure("a connection was closed")));
    }

    /** Sends a request whose latency counts from the given time on. */
    void send(Buffer request, long startedAt) {
        this.startedAt = startedAt;
        socket.write(request);
    }

    long startedAt() {
        return startedAt;
    }

    void close() {
        socket.closeHandler(null);
        socket.close();
    }

    private void read(Buffer bytes) {
        answer.append(bytes.toString(StandardCharsets.ISO_8859_1));
        int head = answer.indexOf(END_OF_HEAD);
        if (head < 0 || answer.length() < head + END_OF_HEAD.length() + contentLength(head)) {
            return;
        }
        int status = Integer.parseInt(answer, STATUS, STATUS + 3, 10);
        answer.setLength(0);
        listener.answered(this, status);
    }

    private int contentLength(int head) {
        Matcher length = LENGTH.matcher(answer).region(0, head);
        if (!length.find()) {
            throw new BenchFailure("An answer without content-length:\n" + answer);
        }
        return Integer.parseInt(length.group(1));
    }
}
