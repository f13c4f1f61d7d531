package dev.comuta.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.db.TestTransactions;
import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session is removed only when no row names it, also when a row is written at the same time. */
class SessionRemovalTest {

    private static final String REMOVE = "delete from Sessions where SessionID = ";
    private static final String WRITE = "insert into Events (SessionID, EventType) values (%d, 'MensagemFalhou')";
    private static final String RESTRICTED = "23001";
    private static final String NO_SUCH_SESSION = "23503";

    private static Vertx vertx;
    private static SandboxPostgres postgres;

    private long session;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A')");
        postgres.query("insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier) "
                + "values (1, 'WhatsApp', '+5511400000001')");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void openSession() {
        session = (long) postgres.value(
                "insert into Sessions (ClientID, ChannelID, EndTime) values (1, 1, now()) returning SessionID");
    }

    @Test
    void removesAClosedSessionThatNoRowNames() throws SQLException {
        execute(REMOVE + session);

        assertEquals(0L, postgres.value("select count(*) from Sessions where SessionID = ?", session));
    }

    @Test
    void keepsAnOpenSession() {
        postgres.query("update Sessions set EndTime = null");

        assertEquals(RESTRICTED, failureOf(REMOVE + session));
    }

    @Test
    void keepsASessionThatARowNames() throws SQLException {
        execute(WRITE.formatted(session));

        assertEquals(RESTRICTED, failureOf(REMOVE + session));
    }

    @Test
    void keepsASessionWhoseRowIsNotCommittedYet() throws Exception {
        try (Connection writer = connect()) {
            execute(writer, WRITE.formatted(session));
            CompletableFuture<String> removal = CompletableFuture.supplyAsync(() -> failureOf(REMOVE + session));
            awaitWaiting();
            writer.commit();

            assertEquals(RESTRICTED, removal.get());
        }
    }

    @Test
    void rejectsARowOfASessionWhoseRemovalIsNotCommittedYet() throws Exception {
        try (Connection remover = connect()) {
            execute(remover, REMOVE + session);
            CompletableFuture<String> writing =
                    CompletableFuture.supplyAsync(() -> failureOf(WRITE.formatted(session)));
            awaitWaiting();
            remover.commit();

            assertEquals(NO_SUCH_SESSION, writing.get());
        }
    }

    private static void awaitWaiting() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> (long) postgres.value("select count(*) from pg_locks where not granted") == 1);
    }

    private static String failureOf(String statement) {
        return assertThrows(SQLException.class, () -> execute(statement)).getSQLState();
    }

    private static void execute(String statement) throws SQLException {
        try (Connection connection = connect()) {
            execute(connection, statement);
            connection.commit();
        }
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    /** A transaction with the platform's role. */
    private static Connection connect() throws SQLException {
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        Connection connection = DriverManager.getConnection(postgres.jdbcUrl(), owner.username(), owner.password());
        execute(connection, "set role comuta_platform");
        connection.setAutoCommit(false);
        return connection;
    }
}
