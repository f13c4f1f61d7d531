package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The webhooks of the simulated LiveKit: signed, one after the other, repeated after a failure (500 and more) and not after
 * a refusal, as the real ones.
 */
public final class LiveKitWebhooks implements AutoCloseable {

    private static final String PATH = "/webhooks/livekit";
    private static final int ATTEMPTS = 5;
    private static final int SERVER_ERROR = 500;
    private static final int TEN = 10;

    /** Values that protojson omits. */
    private static final Set<String> DEFAULTS =
            Set.of("", "0", "STANDARD", "UNKNOWN_REASON", "JOINING", "AUDIO", "EGRESS_STARTING");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final List<String> posted = new CopyOnWriteArrayList<>();
    private final List<Event> held = new ArrayList<>();
    private CompletableFuture<Integer> last = CompletableFuture.completedFuture(0);
    private LiveKitDelivery delivery = LiveKitDelivery.NORMAL;
    private volatile URI server;
    private int counted;

    /** An event of a project. */
    private record Event(String apiKey, String secret, String body) {}

    /** Sets the address of the server; without it nothing is posted. */
    void server(URI baseUrl) {
        server = baseUrl;
    }

    /** Sets how the next events are delivered. */
    public synchronized void delivery(LiveKitDelivery next) {
        delivery = next;
    }

    /** How the next events are delivered. */
    public synchronized LiveKitDelivery delivery() {
        return delivery;
    }

    /** The bodies that were posted, in order. */
    public List<String> posted() {
        return List.copyOf(posted);
    }

    /** Posts the held events in another order, and returns the status of the last response. */
    public synchronized CompletableFuture<Integer> release(long seed) {
        Collections.shuffle(held, new Random(seed));
        held.forEach(this::enqueue);
        held.clear();
        return last;
    }

    /** The status of the last response, when all events before it are delivered. */
    public synchronized CompletableFuture<Integer> delivered() {
        return last;
    }

    /** Posts an event, as the delivery says. */
    synchronized void post(String apiKey, String secret, String name, ObjectNode content) {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("event", name);
        event.setAll(content);
        event.put("id", Secrets.sid("EV_"));
        event.put("created_at", Long.toString(Instant.now().getEpochSecond()));
        Event one = new Event(apiKey, secret, Json.write(camelCase(event)));
        counted++;
        if (counted * delivery.dropped() % TEN < delivery.dropped()) {
            return;
        }
        for (int i = delivery.twice() ? 0 : 1; i < 2; i++) {
            if (delivery.held()) {
                held.add(one);
            } else {
                enqueue(one);
            }
        }
    }

    private void enqueue(Event event) {
        if (server != null) {
            last = last.handle((status, failure) -> event).thenCompose(one -> send(one, 1));
        }
    }

    private CompletableFuture<Integer> send(Event event, int attempt) {
        posted.add(event.body());
        return request(event)
                .handle((status, failure) -> failure == null ? status : SERVER_ERROR)
                .thenCompose(status -> status >= SERVER_ERROR && attempt < ATTEMPTS
                        ? later(attempt).thenCompose(waited -> send(event, attempt + 1))
                        : CompletableFuture.completedFuture(status));
    }

    private static CompletableFuture<Void> later(int attempt) {
        Executor delayed = CompletableFuture.delayedExecutor(1L << (attempt - 1), TimeUnit.SECONDS);
        return CompletableFuture.runAsync(() -> {}, delayed);
    }

    private CompletableFuture<Integer> request(Event event) {
        byte[] body = event.body().getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(server.resolve(PATH))
                .timeout(Duration.ofSeconds(10))
                .header("content-type", "application/webhook+json")
                .header("user-agent", "LiveKit")
                .header("authorization", LiveKitJwt.ofWebhook(event.apiKey(), event.secret(), body, Instant.now()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    /** The form of webhooks: names in camelCase, without defaults. The keys of attributes stay as they are. */
    private static JsonNode camelCase(JsonNode value) {
        if (value instanceof ArrayNode array) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> items.add(camelCase(item)));
            return items;
        }
        if (!(value instanceof ObjectNode object)) {
            return value;
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(field -> {
            if (!isDefault(field.getValue())) {
                boolean isMap = field.getKey().equals("attributes");
                fields.set(camelCase(field.getKey()), isMap ? field.getValue() : camelCase(field.getValue()));
            }
        });
        return fields;
    }

    private static boolean isDefault(JsonNode value) {
        return value.isContainerNode()
                ? value.isEmpty()
                : DEFAULTS.contains(value.asText()) || (value.isBoolean() && !value.asBoolean());
    }

    private static String camelCase(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_", -1)) {
            camel.append(camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return camel.toString();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
