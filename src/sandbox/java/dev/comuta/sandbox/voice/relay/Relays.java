package dev.comuta.sandbox.voice.relay;

import dev.comuta.sandbox.Secrets;
import dev.comuta.sandbox.TwilioAccounts;
import dev.comuta.sandbox.TwilioSignature;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Every socket that the carrier opened. An address {@code wss://} of a server without TLS is opened without TLS, and signed
 * as it is written: on loopback, at the host that returned the document over http, and where {@link #route} says so.
 */
public final class Relays implements AutoCloseable {

    private static final int REMEMBERED = 20_000;
    private static final int MOST = 10_000;
    private static final int LARGEST = 1 << 20;
    private static final int TLS = 443;
    private static final int PLAIN = 80;
    private static final Duration HANDSHAKE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TwilioAccounts accounts;
    private final Vertx vertx;
    private final WebSocketClient client;
    private final Deque<RelaySocket> sockets = new ArrayDeque<>();
    private final Map<String, URI> routes = new ConcurrentHashMap<>();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean twice;

    /** Without sockets at first. */
    public Relays(TwilioAccounts accounts, Vertx vertx) {
        this.accounts = accounts;
        this.vertx = vertx;
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(MOST)
                .setMaxFrameSize(LARGEST)
                .setMaxMessageSize(LARGEST)
                .setConnectTimeout((int) HANDSHAKE.toMillis()));
    }

    /** Leads the public address of a server, host and port, to where it really listens, without TLS. */
    public void route(String authority, URI real) {
        routes.put(authority, real);
    }

    /** Delays every frame to the server on later sockets by this real time; zero for not. */
    public void delay(Duration newDelay) {
        delay = newDelay;
    }

    /** Whether every frame but {@code setup} is sent twice on later sockets. */
    public void twice(boolean newTwice) {
        twice = newTwice;
    }

    /** Opens a socket without a phone, for a test that needs many; the setup is sent already. */
    public CompletableFuture<RelaySocket> connect(RelayLine line, String url) {
        return connect(line, url, null, () -> {});
    }

    /**
     * Opens the socket of a call, and waits until it is open or refused.
     *
     * @param document where the document with the address came from
     * @param changed runs after each frame of the server, and at the end
     */
    public RelaySocket open(RelayLine line, String url, URI document, Runnable changed) {
        return connect(line, url, document, changed)
                .orTimeout(HANDSHAKE.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private CompletableFuture<RelaySocket> connect(RelayLine line, String url, URI document, Runnable changed) {
        URI uri = URI.create(url);
        String signed = uri.getRawPath().isEmpty() ? url + "/" : url;
        String signature = TwilioSignature.of(accounts.authToken(line.accountSid()), signed, Map.of());
        RelaySocket socket = new RelaySocket(vertx, line, Secrets.sid("VX"), url, signature, changed, delay, twice);
        synchronized (sockets) {
            sockets.addLast(socket);
            if (sockets.size() > REMEMBERED) {
                sockets.removeFirst();
            }
        }
        return socket.connect(client, options(uri, document, signature), HANDSHAKE);
    }

    private WebSocketConnectOptions options(URI uri, URI document, String signature) {
        URI routed = routes.get(uri.getRawAuthority());
        boolean isPlain = routed != null
                || List.of("127.0.0.1", "localhost").contains(uri.getHost())
                || (document != null
                        && "http".equals(document.getScheme())
                        && uri.getRawAuthority().equals(document.getRawAuthority()));
        int port = uri.getPort() >= 0 ? uri.getPort() : isPlain ? PLAIN : TLS;
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost(routed == null ? uri.getHost() : routed.getHost())
                .setPort(routed == null ? port : routed.getPort())
                .setSsl(!isPlain)
                .setURI(uri.getRawPath().isEmpty() ? "/" : uri.getRawPath())
                .putHeader("host", uri.getRawAuthority())
                .putHeader("x-twilio-signature", signature)
                .putHeader("user-agent", "TwilioProxy/1.1");
        return options;
    }

    /** Every socket, oldest first. */
    public List<RelaySocket> sockets() {
        synchronized (sockets) {
            return List.copyOf(sockets);
        }
    }

    /** The sockets of a call, oldest first. */
    public List<RelaySocket> sockets(String callSid) {
        return sockets().stream()
                .filter(socket -> socket.callSid().equals(callSid))
                .toList();
    }

    /** Everything that the server sent to be spoken in a call, over all its sockets. */
    public List<String> texts(String callSid) {
        return sockets(callSid).stream()
                .flatMap(socket -> socket.texts().stream())
                .toList();
    }

    /** Waits until the newest socket of a call is open. */
    public RelaySocket awaitOpen(String callSid) {
        return awaitOpen(callSid, 1);
    }

    /** Waits until a call has this many sockets, refused ones counted, and the newest is open. */
    public RelaySocket awaitOpen(String callSid, int count) {
        Awaitility.await("socket " + count + " of " + callSid)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    List<RelaySocket> own = sockets(callSid);
                    return own.size() >= count && own.getLast().isOpen();
                });
        return sockets(callSid).getLast();
    }

    /** Forgets the sockets that are closed, and the faults. */
    public void clear() {
        delay = Duration.ZERO;
        twice = false;
        synchronized (sockets) {
            sockets.removeIf(socket -> socket.closed() != null);
        }
    }

    @Override
    public void close() {
        sockets().forEach(RelaySocket::close);
        client.close();
    }
}
