package dev.comuta.media;

import dev.comuta.platform.object.ObjectBody;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Client of clamd's command INSTREAM: one connection for each file, which is streamed. */
@ApplicationScoped
class Clamd {

    private static final int CONNECT_MILLIS = 5000;
    private static final int MAX_ANSWER = 1000;
    private static final Buffer COMMAND = Buffer.buffer("zINSTREAM\0");
    private static final Buffer END = Buffer.buffer(new byte[Integer.BYTES]);
    private static final Pattern ADDRESS = Pattern.compile("(.+):(\\d{1,5})");
    private static final Pattern FOUND = Pattern.compile("stream: (.{1,200}) FOUND");

    private final NetClient client;
    private final Optional<SocketAddress> address;
    private final Duration timeLimit;

    Clamd(Vertx vertx, MediaConfig config) {
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS));
        this.address = config.scanner().address().map(Clamd::address);
        this.timeLimit = config.scanner().timeLimit();
    }

    /** The scanner did not answer, or did not scan. */
    static final class Away extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Away(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static SocketAddress address(String text) {
        Matcher parts = ADDRESS.matcher(text);
        if (!parts.matches()) {
            throw new ConfigurationException("comuta.media.scanner.address must be host:port");
        }
        return SocketAddress.inetSocketAddress(Integer.parseInt(parts.group(2)), parts.group(1));
    }

    boolean isConfigured() {
        return address.isPresent();
    }

    /**
     * Scans a file, and releases it.
     *
     * @return the name of the malware, or an empty text; fails with {@link Away}
     */
    Uni<String> scan(ObjectBody file) {
        return Uni.createFrom()
                .completionStage(() -> client.connect(address.orElseThrow())
                        .compose(socket -> new Exchange(socket).run(file).onComplete(done -> socket.close()))
                        .toCompletionStage())
                .ifNoItem()
                .after(timeLimit)
                .fail()
                .onFailure(failure -> !(failure instanceof Away))
                .transform(failure -> new Away("clamd did not answer", failure))
                .onTermination()
                .invoke(file.release())
                .map(Clamd::read);
    }

    private static String read(String answer) {
        Matcher found = FOUND.matcher(answer);
        if (found.matches()) {
            return found.group(1);
        }
        if ("stream: OK".equals(answer)) {
            return "";
        }
        throw new Away("clamd answered: " + answer, null);
    }

    /** Sends the file in chunks, each after its length, and reads the answer, which may come before the end. */
    private static final class Exchange {

        private final NetSocket socket;
        private final Promise<String> answer = Promise.promise();
        private final Buffer received = Buffer.buffer();

        Exchange(NetSocket socket) {
            this.socket = socket;
        }

        io.vertx.core.Future<String> run(ObjectBody file) {
            socket.handler(this::receive)
                    .exceptionHandler(answer::tryFail)
                    .closeHandler(closed -> answer.tryFail("the connection was closed"));
            socket.write(COMMAND);
            file.stream()
                    .exceptionHandler(answer::tryFail)
                    .endHandler(end -> socket.write(END))
                    .handler(part -> send(file, part))
                    .resume();
            return answer.future();
        }

        private void send(ObjectBody file, Buffer part) {
            socket.write(Buffer.buffer(Integer.BYTES + part.length())
                    .appendInt(part.length())
                    .appendBuffer(part));
            if (socket.writeQueueFull()) {
                file.stream().pause();
                socket.drainHandler(drained -> file.stream().resume());
            }
        }

        private void receive(Buffer part) {
            received.appendBuffer(part);
            String text = received.toString(StandardCharsets.US_ASCII);
            int end = text.indexOf('\0');
            if (end >= 0) {
                answer.tryComplete(text.substring(0, end).strip());
            } else if (received.length() > MAX_ANSWER) {
                answer.tryFail("the answer is too long");
            }
        }
    }
}
