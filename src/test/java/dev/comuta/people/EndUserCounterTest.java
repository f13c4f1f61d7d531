package dev.comuta.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.sandbox.SandboxPostgres;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limit of end users is checked without counting all of them, and misses none. */
class EndUserCounterTest {

    private static final String ADD = "insert into ClientEndUsers (ClientID) select %d from generate_series(1, %d)";
    private static final long MANY = 1000;

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    private final String statement = new EndUserCounter().statement();
    private long client;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void registerClient() {
        client = (long) postgres.value("insert into Clients (ClientName) values ('A') returning ClientID");
    }

    @Test
    void countsOnlyWhatWasAddedSinceTheCountAdvanced() {
        add(3);
        assertEquals(3, count(MANY));
        passAMinute();
        assertEquals(3, count(MANY));

        assertEquals(
                1,
                postgres.query("update EndUserCounts set Counted = 100 where ClientID = ? returning 1", client)
                        .size());
        add(2);

        assertEquals(102, count(MANY));
        assertEquals(101, count(101), "stops at the limit");
        assertEquals(100, count(50));
    }

    @Test
    void writesNothingForARequestThatReads() {
        add(3);

        long counted = inTenant(tx -> tx.find(statement, row -> row.getLong(0), client, MANY));

        assertEquals(3, counted);
        assertEquals(0L, postgres.value("select count(*) from EndUserCounts where ClientID = ?", client));
    }

    @Test
    void doesNotAdvanceOverATransactionThatMayAddALowerId() throws SQLException {
        try (Connection late = connect()) {
            execute(late, ADD.formatted(client, 1));
            add(1);
            assertEquals(1, count(MANY));
            passAMinute();
            assertEquals(1, count(MANY));
            late.commit();
        }

        passAMinute();
        assertEquals(2, count(MANY));
        passAMinute();
        assertEquals(2, count(MANY));
        assertEquals(2L, postgres.value("select Counted from EndUserCounts where ClientID = ?", client));
    }

    @Test
    void countsTheEndUsersOfAllBrokers() {
        add(4);

        assertEquals(4, (long) inTenant(tx -> tx.sql("select set_config('comuta.user', '7', true)")
                .chain(() -> tx.find(statement, row -> row.getLong(0), client, MANY))));
    }

    @Test
    void countsAnewAfterADeletion() {
        add(5);
        count(MANY);
        passAMinute();
        count(MANY);

        inTenant(tx -> tx.execute(
                "delete from ClientEndUsers where EndUserID in "
                        + "(select min(EndUserID) from ClientEndUsers where ClientID = $1)",
                client));

        assertEquals(4, count(MANY));
    }

    @Test
    void countsInAReadOnlyTransaction() {
        add(2);

        assertEquals(2, (long) inTenant(tx -> tx.sql("set transaction read only")
                .chain(() -> tx.find(statement, row -> row.getLong(0), client, MANY))));
    }

    @Test
    void rejectsAnotherClient() {
        long other = (long) postgres.value("insert into Clients (ClientName) values ('B') returning ClientID");

        assertThrows(
                RuntimeException.class, () -> inTenant(tx -> tx.find(statement, row -> row.getLong(0), other, MANY)));
    }

    private void add(int number) {
        inTenant(tx -> tx.execute(ADD.formatted(client, number)));
    }

    /** Counts after the lock of the client, as a request does that adds an end user. */
    private long count(long atMost) {
        return inTenant(tx -> tx.sql("select from Clients where ClientID = $1 for no key update", client)
                .chain(() -> tx.find(statement, row -> row.getLong(0), client, atMost)));
    }

    private <T> T inTenant(Function<Tx, Uni<T>> work) {
        return transactions.service().statementsInTenant(client, work).await().indefinitely();
    }

    private static void passAMinute() {
        postgres.query("update EndUserCounts set SeenAt = SeenAt - interval '61 seconds'");
    }

    private static Connection connect() throws SQLException {
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        Connection connection = DriverManager.getConnection(postgres.jdbcUrl(), owner.username(), owner.password());
        execute(connection, "set role comuta_platform");
        connection.setAutoCommit(false);
        return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement executed = connection.createStatement()) {
            executed.execute(sql);
        }
    }
}
