package dev.comuta.sandbox.voice;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A server that returns prepared documents, takes every callback, and has assistants on sockets. */
final class DocumentServer implements AutoCloseable {

    private final Map<String, Document> documents = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Map<String, BiConsumer<ServerWebSocket, JsonObject>> assistants = new ConcurrentHashMap<>();
    private final HttpServer http;

    DocumentServer(Vertx vertx) throws Exception {
        http = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .webSocketHandshakeHandler(this::admit)
                .webSocketHandler(this::accept)
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body.toString())));
        http.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** One request as received. */
    record Received(String path, Map<String, String> headers, String body) {

        String field(String name) {
            return Forms.read(body).text(name);
        }
    }

    private record Document(int status, String type, String text) {}

    URI url() {
        return URI.create("http://127.0.0.1:" + http.actualPort());
    }

    String at(String path) {
        return url() + path;
    }

    void twiml(String path, String verbs) {
        answer(path, 200, "text/xml", "<Response>" + verbs + "</Response>");
    }

    void answer(String path, int status, String type, String text) {
        documents.put(path, new Document(status, type, text));
    }

    /** Accepts sockets at this path; the assistant gets each frame. All other sockets are refused. */
    void assistant(String path, BiConsumer<ServerWebSocket, JsonObject> assistant) {
        assistants.put(path, assistant);
    }

    /** The address of a socket. */
    String socketAt(String path) {
        return "wss://" + url().getAuthority() + path;
    }

    /** A handshake below {@code /mudo} is never answered. */
    private void admit(ServerWebSocketHandshake handshake) {
        if (handshake.path().startsWith("/mudo")) {
            return;
        }
        var _ = assistants.containsKey(handshake.path()) ? handshake.accept() : handshake.reject(401);
    }

    private void accept(ServerWebSocket socket) {
        BiConsumer<ServerWebSocket, JsonObject> assistant = assistants.get(socket.path());
        Map<String, String> headers = new ConcurrentHashMap<>();
        socket.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        received.add(new Received(socket.path(), headers, ""));
        socket.textMessageHandler(text -> assistant.accept(socket, new JsonObject(text)));
    }

    List<Received> received(String path) {
        return received.stream().filter(one -> one.path().equals(path)).toList();
    }

    /** The first request to this path; waits for it. */
    Received first(String path) {
        await().atMost(Duration.ofSeconds(30)).until(() -> !received(path).isEmpty());
        return received(path).getFirst();
    }

    private void answer(HttpServerRequest request, String body) {
        Map<String, String> headers = new ConcurrentHashMap<>();
        request.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        received.add(new Received(request.path(), headers, body));
        Document document = documents.getOrDefault(request.path(), new Document(204, "text/plain", ""));
        request.response()
                .setStatusCode(document.status())
                .putHeader("content-type", document.type())
                .end(document.text());
    }

    @Override
    public void close() {
        http.close();
    }
}
