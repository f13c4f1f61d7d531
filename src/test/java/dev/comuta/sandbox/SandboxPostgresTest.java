package dev.comuta.sandbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SandboxPostgresTest {

    private static SandboxPostgres postgres;

    @BeforeAll
    static void launch() {
        postgres = SandboxPostgres.launch(0);
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @Test
    void hasTheDurabilitySettingsOfProduction() {
        for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
            assertEquals("on", postgres.value("show " + setting), setting);
        }
        assertEquals("200", postgres.value("show max_connections"));
    }

    @Test
    void rolesOfTheServerInheritNothingAndAreNoSuperusers() throws SQLException {
        for (String role : List.of(SandboxPostgres.APP, SandboxPostgres.CROSS)) {
            SandboxPostgres.Login login = postgres.login(role);
            try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), login.username(), login.password())) {
                var rows = Rows.of(
                        connection,
                        "select rolsuper, rolbypassrls, rolinherit from pg_roles where rolname = current_user");
                assertEquals(
                        "{rolsuper=false, rolbypassrls=false, rolinherit=false}",
                        rows.getFirst().toString());
            }
        }
        assertEquals("comuta_platform", postgres.value("select current_user"));
    }

    @Test
    void keepsItsDataOverAnOutage() {
        ownerRuns("create table kept (name text); grant all on kept to comuta_platform");
        postgres.query("insert into kept values (?)", "Imóvel A");
        int port = postgres.port();
        postgres.stop();
        assertThrows(IllegalStateException.class, () -> postgres.query("select 1"));
        postgres.start();
        postgres.kill();
        postgres.start();
        assertEquals(port, postgres.port());
        assertEquals("Imóvel A", postgres.value("select name from kept"));
    }

    @Test
    void answersNothingWhileFrozen() {
        postgres.freeze();
        CompletableFuture<Object> answer = CompletableFuture.supplyAsync(() -> postgres.value("select 1"));
        await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(20)).until(() -> !answer.isDone());
        assertFalse(answer.isDone());
        postgres.thaw();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> answer.isDone() && Integer.valueOf(1).equals(answer.join()));
    }

    private static void ownerRuns(String sql) {
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), owner.username(), owner.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
