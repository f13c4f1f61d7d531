package dev.comuta.platform.db;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.SandboxPostgres;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases of small schemas, sequential and concurrent, on a real database. */
class SchemaMigrationTest {

    private static final String TABLE = "create table Things (ThingID bigint)";

    private static SandboxPostgres postgres;

    @TempDir
    private Path folder;

    @BeforeAll
    static void launch() {
        postgres = SandboxPostgres.launch(0);
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        run("drop schema public cascade", "create schema public");
    }

    @Test
    void olderProcessKeepsFunctionsOfANewerRelease() throws IOException, SQLException {
        migration(release("newer", "new", TABLE, "select 1")).migrate();
        migration(release("older", "old", TABLE)).migrate();
        assertEquals("new", body());
    }

    @Test
    void olderProcessThatStartedFirstKeepsFunctionsOfANewerRelease() throws IOException, SQLException {
        SchemaMigration older = migration(release("older", "old", TABLE));
        try (Connection newer = connect();
                Statement statement = newer.createStatement()) {
            statement.execute("select pg_advisory_lock(" + SchemaMigration.LOCK + ")");
            CompletableFuture<Void> start = CompletableFuture.runAsync(older::migrate);
            await().until(() ->
                    "1".equals(value("select count(*) from pg_locks where locktype = 'advisory' and not granted")));
            flyway(release("newer", "new", TABLE, "select 1")).migrate();
            statement.execute("select pg_advisory_unlock(" + SchemaMigration.LOCK + ")");
            start.join();
        }
        assertEquals("new", body());
    }

    @Test
    void nextReleaseReplacesFunctions() throws IOException, SQLException {
        migration(release("older", "old", TABLE)).migrate();
        migration(release("newer", "new", TABLE, "select 1")).migrate();
        assertEquals("new", body());
    }

    /** Before the first release, functions change without a new V file. */
    @Test
    void functionsOfTheSameVersionAreReplaced() throws IOException, SQLException {
        migration(release("older", "old", TABLE)).migrate();
        migration(release("newer", "new", TABLE)).migrate();
        assertEquals("new", body());
    }

    @Test
    void scriptsOfFunctionsMayDisappear() throws IOException, SQLException {
        migration(release("older", "old", TABLE)).migrate();
        Path newer = release("newer", "new", TABLE);
        Files.move(newer.resolve("R__functions.sql"), newer.resolve("R__others.sql"));
        migration(newer).migrate();
        assertEquals("new", body());
    }

    @Test
    void databaseOfOtherFilesIsRejectedInOneLine() throws IOException {
        migration(release("before", "old", TABLE, "select 1", "select 2")).migrate();
        SchemaMigration edited = migration(release("edited", "new", TABLE + " -- edited", "select 1"));
        String message =
                assertThrows(ConfigurationException.class, edited::migrate).getMessage();
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.contains("(different or missing: V1)"), message);
        assertTrue(message.contains("create a new database"), message);
        assertFalse(message.contains("V2"), message);
    }

    /** Repeats the real scripts, whose functions another role owns. */
    @Test
    void realScriptsCanBeRepeated() throws SQLException {
        Flyway real = Flyway.configure()
                .dataSource(postgres.jdbcUrl(), SandboxPostgres.OWNER, ownerPassword())
                .locations("db/migration")
                .load();
        new SchemaMigration(real, TestTransactions.config(DatabaseConfig.class)).migrate();
        String before = functions();
        run("update flyway_schema_history set checksum = 0 where version is null");
        new SchemaMigration(real, TestTransactions.config(DatabaseConfig.class)).migrate();
        assertEquals(before, functions());
        assertTrue(before.contains("comuta_replay/comuta_platform/"), before);
    }

    private Path release(String name, String functionResult, String... versions) throws IOException {
        Path files = Files.createDirectories(folder.resolve(name));
        for (int version = 1; version <= versions.length; version++) {
            Files.writeString(files.resolve("V" + version + "__tables.sql"), versions[version - 1]);
        }
        Files.writeString(
                files.resolve("R__functions.sql"),
                "create or replace function body() returns text language sql as $$ select '%s' $$"
                        .formatted(functionResult));
        return files;
    }

    private static SchemaMigration migration(Path files) {
        return new SchemaMigration(flyway(files), TestTransactions.config(DatabaseConfig.class));
    }

    private static Flyway flyway(Path files) {
        return Flyway.configure()
                .dataSource(postgres.jdbcUrl(), SandboxPostgres.OWNER, ownerPassword())
                .locations("filesystem:" + files)
                .load();
    }

    private static String body() throws SQLException {
        return value("select body()");
    }

    /** Each function with its owner, its privileges and its text. */
    private static String functions() throws SQLException {
        return value("""
                select string_agg(concat_ws('/', proname, pg_get_userbyid(proowner), proacl::text, md5(prosrc)), E'\\n'
                                  order by oid::regprocedure::text)
                from pg_proc where pronamespace = 'public'::regnamespace""");
    }

    private static String value(String query) throws SQLException {
        try (Connection owner = connect();
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void run(String... statements) throws SQLException {
        try (Connection owner = connect();
                Statement statement = owner.createStatement()) {
            for (String sql : List.of(statements)) {
                statement.execute(sql);
            }
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), SandboxPostgres.OWNER, ownerPassword());
    }

    private static String ownerPassword() {
        return postgres.login(SandboxPostgres.OWNER).password();
    }
}
