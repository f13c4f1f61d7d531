package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.sandbox.ServerOptions;
import dev.comuta.sandbox.ServerProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The life of a stream, at a server of its own whose streams last eight seconds. */
class EventStreamLifeIT {

    private static final Duration LIFE = Duration.ofSeconds(8);

    /** Locks are waited for until the statement limit, so that a poll is slow while the table is locked. */
    private static final ServerOptions SHORT_STREAMS = Comuta.fastStart()
            .with("COMUTA_STREAM_MAX_DURATION", LIFE.toSeconds() + "s")
            .with("COMUTA_DATABASE_LOCK_LIMIT", "10s")
            .with("COMUTA_ROLES", "web");

    private static final String WAITING_POLLS = """
            select count(*) from pg_locks
            where relation = 'events'::regclass and mode = 'AccessShareLock' and not granted""";

    private static Comuta comuta;
    private static ServerProcess server;
    private static Api client;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        server = comuta.sandbox().startServer(SHORT_STREAMS);
        client = new Api(server.baseUrl(), comuta.client().key());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void endsAStreamAtTheEndOfItsLife() {
        Instant begin = Instant.now();
        try (Follower follower = open()) {
            assertTrue(follower.isCompleted(LIFE.multipliedBy(3)));
        }

        Duration lived = Duration.between(begin, Instant.now());
        assertTrue(lived.compareTo(LIFE.multipliedBy(8).dividedBy(10)) > 0, () -> "ended after " + lived);
    }

    @Test
    void waitsForASlowPollBeforeTheNext() throws SQLException {
        AtomicLong most = new AtomicLong();
        try (Follower follower = open();
                Connection owner = owner()) {
            owner.setAutoCommit(false);
            try (var statement = owner.createStatement()) {
                statement.execute("lock table Events in access exclusive mode");
            }
            Instant end = Instant.now().plusMillis(1800);
            await().pollInterval(Duration.ofMillis(50)).until(() -> {
                most.accumulateAndGet((long) comuta.value(WAITING_POLLS), Math::max);
                return Instant.now().isAfter(end);
            });
            owner.rollback();
            comuta.column(
                    "insert into Events (ClientID, EventType) values (?, 'Depois') returning EventID",
                    comuta.registered().clientId());

            assertTrue(follower.awaitTypes(1).contains("Depois"));
        }
        assertEquals(1L, most.get(), "polls that waited at the same time");
    }

    private static Follower open() {
        Follower follower = new Follower(client, comuta.registered().clientId(), null);
        follower.awaitOpen();
        return follower;
    }

    private static Connection owner() throws SQLException {
        var login = comuta.sandbox().postgres().login(SandboxPostgres.OWNER);
        return DriverManager.getConnection(comuta.sandbox().postgres().jdbcUrl(), login.username(), login.password());
    }
}
