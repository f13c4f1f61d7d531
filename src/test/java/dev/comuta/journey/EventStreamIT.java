package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stream of events. Neither the stream nor the list skips an event that is committed late. */
class EventStreamIT {

    /** Time in which what is revoked is out. */
    private static final Duration OUT = Duration.ofSeconds(10);

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

        assertTrue(revoked.isCompleted(OUT));
        write("Depois");
        assertEquals(List.of("Depois"), staying.awaitTypes(1));
        assertEquals(List.of(), revoked.types());
    }

    @Test
    void endsTheStreamsOfADeactivatedClient() {
        Follower follower = follow(null);
        follower.awaitOpen();

        platform.send("DELETE", "/clients/" + clientId, null).expect(204);

        assertTrue(follower.isCompleted(OUT));
    }

    @Test
    void endsTheStreamOfAKeyThatExpires() {
        Instant end = Instant.now().plusSeconds(4);
        Follower follower = followAs(
                new JsonObject().put("name", "painel").put("role", "Leitura").put("expiresAt", end.toString()));

        assertTrue(follower.isCompleted(Duration.between(Instant.now(), end).plus(OUT)));
        assertTrue(Instant.now().isAfter(end), "the stream ended before its key");
    }

    @Test
    void endsTheStreamOfAUserWhoBecomesInactive() {
        long user = user("Administrador");
        Follower follower = followAs(new JsonObject().put("name", "painel").put("userId", user));

        changeUser(user, new JsonObject().put("status", "Inativo"));

        assertTrue(follower.isCompleted(OUT));
    }

    /** A broker may not follow the events of the company. */
    @Test
    void endsTheStreamOfAUserWhoseRoleIsLowered() {
        long user = user("Administrador");
        Follower follower = followAs(new JsonObject().put("name", "painel").put("userId", user));

        changeUser(user, new JsonObject().put("userRole", "Corretor"));

        assertTrue(follower.isCompleted(OUT));
    }

    private long user(String role) {
        return client.post(
                        "/clients/" + clientId + "/users",
                        new JsonObject().put("userName", "Quem lê").put("userRole", role))
                .expect(201)
                .json()
                .getLong("userId");
    }

    private void changeUser(long user, JsonObject change) {
        client.patch("/clients/" + clientId + "/users/" + user, change).expect(200);
    }

    /** An open stream with a new key. */
    private Follower followAs(JsonObject key) {
        Answer created = client.post("/clients/" + clientId + "/api-keys", key).expect(201);
        Follower follower = new Follower(comuta.api(created.json().getString("key")), clientId, null);
        followers.add(follower);
        follower.awaitOpen();
        return follower;
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
}
