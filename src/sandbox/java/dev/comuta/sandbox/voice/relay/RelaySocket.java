package dev.comuta.sandbox.voice.relay;

import dev.comuta.sandbox.Json;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.impl.WebSocketInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;

/** One socket from the carrier to the server, with everything that went over it. */
public final class RelaySocket {

    /** The status of a handshake that opened a socket. */
    public static final int SWITCHED = 101;

    private final Vertx vertx;
    private final RelayLine line;
    private final String sessionId;
    private final String url;
    private final String signature;
    private final Runnable changed;
    private final Instant asked = Instant.now();
    private final List<RelayFrame> frames = new CopyOnWriteArrayList<>();
    private final Queue<String> inbox = new ConcurrentLinkedQueue<>();
    private volatile WebSocket socket;
    private volatile int status;
    private volatile Instant opened;
    private volatile Instant closed;
    private volatile Integer closeCode;
    private volatile Duration delay;
    private volatile boolean twice;

    RelaySocket(
            Vertx vertx,
            RelayLine line,
            String sessionId,
            String url,
            String signature,
            Runnable changed,
            Duration delay,
            boolean twice) {
        this.vertx = vertx;
        this.line = line;
        this.sessionId = sessionId;
        this.url = url;
        this.signature = signature;
        this.changed = changed;
        this.delay = delay;
        this.twice = twice;
    }

    /** Opens the socket and sends the frame {@code setup}. The result is this socket, open or refused. */
    CompletableFuture<RelaySocket> connect(WebSocketClient client, WebSocketConnectOptions options, Duration longest) {
        CompletableFuture<RelaySocket> done = new CompletableFuture<>();
        client.connect(options).onSuccess(this::open).onFailure(this::refuse).onComplete(result -> done.complete(this));
        vertx.setTimer(longest.toMillis(), timer -> {
            if (opened == null && closed == null) {
                refuse(new TimeoutException());
                done.complete(this);
            }
        });
        return done;
    }

    private void open(WebSocket newSocket) {
        if (closed != null) {
            newSocket.close();
            return;
        }
        newSocket.textMessageHandler(this::receive);
        newSocket.binaryMessageHandler(bytes -> receive("(%d bytes)".formatted(bytes.length())));
        newSocket.exceptionHandler(failure -> {
            // the close handler follows
        });
        newSocket.closeHandler(nothing -> {
            closeCode = newSocket.closeStatusCode() == null
                    ? null
                    : newSocket.closeStatusCode().intValue();
            closed = Instant.now();
            changed.run();
        });
        socket = newSocket;
        status = SWITCHED;
        opened = Instant.now();
        write(Json.write(line.setup(sessionId)));
    }

    private void refuse(Throwable failure) {
        status = failure instanceof UpgradeRejectedException refused ? refused.getStatus() : 0;
        closed = Instant.now();
        changed.run();
    }

    private void receive(String text) {
        frames.add(new RelayFrame(Instant.now(), true, text));
        inbox.add(text);
        changed.run();
    }

    /** The next frame of the server that was not read yet; null for none. */
    public String next() {
        return inbox.poll();
    }

    /** Whether the server sent something that was not read yet. */
    public boolean hasNext() {
        return !inbox.isEmpty();
    }

    public String callSid() {
        return line.callSid();
    }

    public String sessionId() {
        return sessionId;
    }

    /** The address in the document, {@code wss://…}. */
    public String url() {
        return url;
    }

    /** The header X-Twilio-Signature. */
    public String signature() {
        return signature;
    }

    /** The status of the handshake: 101 for an open socket, 0 when the server was not reached. */
    public int status() {
        return status;
    }

    /** When the carrier began to open it. */
    public Instant asked() {
        return asked;
    }

    /** Null when it was refused. */
    public Instant opened() {
        return opened;
    }

    /** Null while it is open. */
    public Instant closed() {
        return closed;
    }

    /** The code of the server's close frame; null for none. */
    public Integer closeCode() {
        return closeCode;
    }

    public boolean isOpen() {
        return opened != null && closed == null;
    }

    /** Every frame in both directions, in order. */
    public List<RelayFrame> frames() {
        return List.copyOf(frames);
    }

    /** The frames of one type that the server sent, or the carrier. */
    public List<RelayFrame> frames(String type) {
        return frames.stream().filter(frame -> frame.type().equals(type)).toList();
    }

    /** The texts that the server sent, each with its tokens up to the last one. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (RelayFrame frame : frames("text")) {
            text.append(frame.json().path("token").asText());
            if (frame.json().path("last").asBoolean()) {
                texts.add(text.toString());
                text.setLength(0);
            }
        }
        if (!text.isEmpty()) {
            texts.add(text.toString());
        }
        texts.removeIf(String::isBlank);
        return texts;
    }

    /** The time from each prompt to the first token after it; none for a prompt without an answer. */
    public List<Duration> answerTimes() {
        List<Duration> times = new ArrayList<>();
        Instant prompt = null;
        for (RelayFrame frame : frames) {
            if (!frame.fromServer() && frame.type().equals("prompt")) {
                prompt = frame.at();
            } else if (prompt != null
                    && frame.type().equals("text")
                    && !frame.json().path("token").asText().isBlank()) {
                times.add(Duration.between(prompt, frame.at()));
                prompt = null;
            }
        }
        return times;
    }

    /** The caller says words. A call with a phone does it with the phone. */
    public void prompt(String words, String language) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("type", "prompt");
        frame.put("voicePrompt", words);
        frame.put("lang", language);
        frame.put("last", true);
        send(Json.write(frame));
    }

    /** Sends a frame as it is, also rubbish. */
    public void send(String frame) {
        write(frame);
        if (twice) {
            write(frame);
        }
    }

    /** Sends the last frame again. */
    public void repeat() {
        frames.stream()
                .filter(frame -> !frame.fromServer())
                .reduce((first, second) -> second)
                .ifPresent(last -> write(last.text()));
    }

    /** Delays every later frame to the server by this real time. */
    public void delay(Duration newDelay) {
        delay = newDelay;
    }

    /** Sends every later frame to the server twice. */
    public void twice(boolean newTwice) {
        twice = newTwice;
    }

    private void write(String text) {
        if (delay.isZero()) {
            writeNow(text);
        } else {
            vertx.setTimer(Math.max(1, delay.toMillis()), timer -> writeNow(text));
        }
    }

    private void writeNow(String text) {
        if (isOpen()) {
            frames.add(new RelayFrame(Instant.now(), false, text));
            socket.writeTextMessage(text);
        }
    }

    /** Cuts the connection without a close frame, as when a network fails. */
    public void drop() {
        if (socket instanceof WebSocketInternal own) {
            var _ = own.channelHandlerContext().close();
        }
    }

    /** Closes the socket as the carrier does at the end of a session. */
    public void close() {
        if (isOpen()) {
            socket.close();
        }
    }

    /** All that is known of it, for JSON. */
    public Map<String, Object> described() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("callSid", callSid());
        all.put("sessionId", sessionId);
        all.put("url", url);
        all.put("signature", signature);
        all.put("status", status);
        all.put("opened", opened);
        all.put("closed", closed);
        all.put("closeCode", closeCode);
        all.put("frames", frames());
        return all;
    }
}
