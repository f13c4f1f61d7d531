package dev.comuta.journey;

import static org.awaitility.Awaitility.await;

import dev.comuta.journey.ApiDescription.Operation;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A subscriber of the stream, which collects the received events. */
final class Follower implements AutoCloseable {

    private static final Operation STREAM = ApiDescription.read()
            .operation("GET", "/clients/{clientId}/events/stream")
            .orElseThrow();

    /** Of server-sent events; a comment has an empty name. */
    private static final Set<String> FIELDS = Set.of("", "id", "event", "data", "retry");

    private final List<String> types = new CopyOnWriteArrayList<>();
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final AtomicInteger comments = new AtomicInteger();
    private final Exchange stream;
    private final CompletableFuture<Void> reading;
    private volatile String id;

    Follower(Api api, long clientId, String lastEventId) {
        String path = "/clients/" + clientId + "/events/stream";
        stream = lastEventId == null
                ? api.stream(path, "accept", "text/event-stream")
                : api.stream(path, "accept", "text/event-stream", "last-event-id", lastEventId);
        reading = CompletableFuture.runAsync(() -> stream.lines().forEach(this::read), Thread::startVirtualThread);
    }

    private void read(String line) {
        if (!line.isEmpty() && !FIELDS.contains(line.substring(0, Math.max(0, line.indexOf(':'))))) {
            violations.add("no field of an event: " + line);
        }
        if (line.startsWith("id:")) {
            id = line.substring(3).strip();
        } else if (line.startsWith("data:")) {
            ids.add(id);
            String event = line.substring(5).strip();
            violations.addAll(STREAM.violations(200, "text/event-stream", event));
            types.add(new JsonObject(event).getString("eventType"));
        } else if (line.startsWith(":")) {
            comments.incrementAndGet();
        }
    }

    void awaitOpen() {
        await().atMost(Comuta.TIMEOUT).until(() -> comments() > 0);
    }

    List<String> awaitTypes(int count) {
        await().atMost(Comuta.TIMEOUT).pollInterval(Duration.ofMillis(50)).until(() -> types.size() >= count);
        return types();
    }

    List<String> types() {
        return List.copyOf(types);
    }

    /** Violations of the description in received events. */
    List<String> violations() {
        return List.copyOf(violations);
    }

    List<String> ids() {
        return List.copyOf(ids);
    }

    int indexOf(String type) {
        return types.indexOf(type);
    }

    int comments() {
        return comments.get();
    }

    /** Whether the server completed the stream instead of cutting it off. */
    boolean isCompleted() {
        return isCompleted(Comuta.TIMEOUT);
    }

    /** Whether the server completed the stream within this time. */
    boolean isCompleted(Duration limit) {
        return reading.handle((nothing, failure) -> failure == null)
                .completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    @Override
    public void close() {
        stream.close();
        reading.handle((nothing, failure) -> true).join();
    }
}
