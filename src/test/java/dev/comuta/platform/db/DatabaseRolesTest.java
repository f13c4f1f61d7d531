package dev.comuta.platform.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the password of the server's role opens in a migrated database. */
class DatabaseRolesTest {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static Vertx vertx;
    private static SandboxPostgres postgres;

    @BeforeAll
    static void migrate() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        TestTransactions.on(vertx, postgres);
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"create table Clients2 (x int)", "create temporary table Clients (x int)"})
    void theServersRoleCreatesNoTables(String statement) throws SQLException {
        SandboxPostgres.Login app = postgres.login(SandboxPostgres.APP);
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl(), app.username(), app.password());
                Statement sql = connection.createStatement()) {
            SQLException refused = assertThrows(SQLException.class, () -> sql.execute(statement));
            assertEquals(INSUFFICIENT_PRIVILEGE, refused.getSQLState());
        }
    }
}
