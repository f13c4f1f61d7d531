package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import dev.comuta.journey.ApiDescription.Operation;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stream of events. Neither the stream nor the list skips an event that is committed late. */
class EventStreamIT {

    private static final Operation STREAM = ApiDescription.read()
            .operation("GET", "/clients/{clientId}/events/stream")
            .orElseThrow();

    /** Of server-sent events; a comment has an empty name. */
    private static final Set<String> FIELDS = Set.of("", "id", "event", "data", "retry");

    private static Comuta comuta;
    private static Api platform;

    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private long clientId;
    private Api client;

    @BeforeAll
    static void start() {
        comuta = Comuta.start(Comuta.testOptions()
                .with("COMUTA_STREAM_HEARTBEAT", "1s")
                .with("COMUTA_STREAM_STALL_TIMEOUT", "2s")
                .with("COMUTA_STREAM_LISTENERS_PER_CLIENT", "3"));
        platform = comuta.platform();
    }

    @AfterAll
    static void stop() {
        comuta.close();
    }

    @BeforeEach
    void registerClient() {
        JsonObject created = platform.post("/clients", new JsonObject().put("clientName", "Quem acompanha"))
                .expect(201)
                .json();
        clientId = created.getLong("clientId");
        Answer key = platform.post(
                "/clients/" + clientId + "/api-keys",
                new JsonObject().put("name", "painel").put("role", "Administrador"));
        client = comuta.api(key.expect(201).json().getString("key"));
    }

    @AfterEach
    void closeFollowers() {
        followers.forEach(Follower::close);
        followers.forEach(follower -> assertEquals(List.of(), follower.violations()));
    }

    @Test
    void streamsCommittedEventsOfTheClientOnly() {
        Follower follower = follow(null);
        follower.awaitOpen();

        write("Primeiro");
        insert(comuta.registered().clientId(), "DeOutro");
        write("Segundo");

        assertEquals(List.of("Primeiro", "Segundo"), follower.awaitTypes(2));
    }

    @Test
    void endsOnlyTheStreamsWhoseKeyIsNoLongerValid() {
        JsonObject key = client.post(
                        "/clients/" + clientId + "/api-keys",
                        new JsonObject().put("name", "painel").put("role", "Leitura"))
                .expect(201)
                .json();
        Follower staying = follow(null);
        Follower revoked = new Follower(comuta.api(key.getString("key")), clientId, null);
        followers.add(revoked);
        staying.awaitOpen();
        revoked.awaitOpen();

        client.send("DELETE", "/clients/" + clientId + "/api-keys/" + key.getLong("apiKeyId"), null)
                .expect(204);

        assertTrue(revoked.isCompleted());
        write("Depois");
        assertEquals(List.of("Depois"), staying.awaitTypes(1));
        assertEquals(List.of(), revoked.types());
    }

    @Test
    void endsTheStreamsOfADeactivatedClient() {
        Follower follower = follow(null);
        follower.awaitOpen();

        platform.send("DELETE", "/clients/" + clientId, null).expect(204);

        assertTrue(follower.isCompleted());
    }

    @Test
    void continuesAfterItsConnectionToTheDatabaseNeverAnswered() {
        Follower follower = follow(null);
        follower.awaitOpen();
        write("Primeiro");
        follower.awaitTypes(1);

        comuta.sandbox().databaseProxy().freeze();
        try {
            write("Segundo");
            assertEquals(List.of("Primeiro", "Segundo"), follower.awaitTypes(2));
        } finally {
            comuta.sandbox().databaseProxy().restore();
        }
    }

    @Test
    void continuesAfterTheLastEventIdOfAFollower() {
        Follower first = follow(null);
        first.awaitOpen();
        write("Primeiro");
        write("Segundo");
        first.awaitTypes(2);
        String afterFirst = first.ids().get(first.indexOf("Primeiro"));
        first.close();
        write("Terceiro");

        assertEquals(List.of("Segundo", "Terceiro"), follow(afterFirst).awaitTypes(2));
    }

    @Test
    void skipsNoEventThatIsCommittedLate() throws SQLException {
        Follower follower = follow(null);
        follower.awaitOpen();
        try (Connection late = connection()) {
            late.setAutoCommit(false);
            insert(late, clientId, "Atrasado");
            Stream.of("A", "B", "C").forEach(this::write);
            Answer page = client.get("/clients/" + clientId + "/events?limit=2").expect(200);
            late.commit();

            List<String> read = types(page);
            String next = page.json().getString("next");
            while (next != null) {
                Answer following = client.get("/clients/" + clientId + "/events?limit=2&after=" + next)
                        .expect(200);
                read = Stream.concat(read.stream(), types(following).stream()).toList();
                next = following.json().getString("next");
            }
            assertEquals(List.of("Atrasado", "A", "B", "C"), read);
        }
        assertEquals(List.of("Atrasado", "A", "B", "C"), follower.awaitTypes(4));
    }

    @Test
    void continuesTheListAsAStream() {
        Stream.of("A", "B", "C").forEach(this::write);
        String next = client.get("/clients/" + clientId + "/events?limit=2")
                .expect(200)
                .json()
                .getString("next");

        assertEquals(List.of("C"), follow(next).awaitTypes(1));
    }

    @Test
    void sendsHeartbeatsWhenThereAreNoEvents() {
        Follower follower = follow(null);

        await().atMost(Comuta.TIMEOUT).until(() -> follower.comments() >= 3);

        assertEquals(List.of(), follower.types());
    }

    @Test
    void rejectsTooManyFollowersAndAnInvalidCursor() {
        Stream.generate(() -> follow(null)).limit(3).forEach(Follower::awaitOpen);

        client.send("GET", "/clients/" + clientId + "/events/stream", null, "accept", "text/event-stream")
                .expectProblem(503, "unavailable");
        client.send("GET", "/clients/" + clientId + "/events/stream", null, "last-event-id", "abc")
                .expectProblem(400, "invalid-request");
        client.get("/clients/" + comuta.registered().clientId() + "/events/stream")
                .expectProblem(404, "not-found");
    }

    @Test
    void completesStreamsWhenTheProcessStops() {
        Follower follower = follow(null);
        follower.awaitOpen();

        comuta.server().stop();

        try {
            assertTrue(follower.isCompleted());
        } finally {
            comuta.server().start();
            platform = comuta.platform();
        }
    }

    @Test
    void disconnectsAFollowerThatReadsNothing() throws IOException {
        try (Socket stalled = new Socket()) {
            stalled.setReceiveBufferSize(4096);
            stalled.connect(new java.net.InetSocketAddress(
                    comuta.server().baseUrl().getHost(),
                    comuta.server().baseUrl().getPort()));
            stalled.getOutputStream()
                    .write(("GET /clients/" + clientId
                                    + "/events/stream HTTP/1.1\r\nHost: comuta\r\nAuthorization: Bearer " + client.key()
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            await().atMost(Comuta.TIMEOUT).until(() -> listeners() == 1);

            comuta.column("""
                    with made as (
                        insert into Events (ClientID, EventType, EventData)
                        select ?, 'Muitos', jsonb_build_object('x', repeat('x', 2000)) from generate_series(1, 20000)
                        returning 1)
                    select count(*) from made""", clientId);

            await().atMost(Comuta.TIMEOUT).until(() -> listeners() == 0);
        }
    }

    private Follower follow(String lastEventId) {
        Follower follower = new Follower(client, clientId, lastEventId);
        followers.add(follower);
        return follower;
    }

    private void write(String type) {
        insert(clientId, type);
    }

    private static void insert(long clientId, String type) {
        comuta.column("insert into Events (ClientID, EventType) values (?, ?) returning EventID", clientId, type);
    }

    private static void insert(Connection connection, long clientId, String type) throws SQLException {
        try (var statement = connection.prepareStatement("insert into Events (ClientID, EventType) values (?, ?)")) {
            statement.setLong(1, clientId);
            statement.setString(2, type);
            statement.executeUpdate();
        }
    }

    private static Connection connection() throws SQLException {
        var login = comuta.sandbox().postgres().login(dev.comuta.sandbox.SandboxPostgres.OWNER);
        Connection connection =
                DriverManager.getConnection(comuta.sandbox().postgres().jdbcUrl(), login.username(), login.password());
        try (var statement = connection.createStatement()) {
            statement.execute("set role comuta_platform");
        }
        return connection;
    }

    private static int listeners() {
        String metrics = comuta.management().get("/q/metrics").body();
        return metrics.lines()
                .filter(line -> line.startsWith("comuta_stream_listeners"))
                .map(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(-1);
    }

    private static List<String> types(Answer page) {
        return page.items().stream()
                .map(item -> ((JsonObject) item).getString("eventType"))
                .toList();
    }

    /** A subscriber of the stream, which collects the received events. */
    private static final class Follower {

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
            return reading.handle((nothing, failure) -> failure == null)
                    .orTimeout(Comuta.TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }

        void close() {
            stream.close();
            reading.handle((nothing, failure) -> true).join();
        }
    }
}
