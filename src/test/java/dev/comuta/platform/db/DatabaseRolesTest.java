package dev.comuta.platform.db;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.SandboxPostgres;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The privileges of each login and of each reason, in a migrated database with the rows of two clients. */
class DatabaseRolesTest {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static final String TABLES = """
            select relname from pg_class
            where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and relname <> 'flyway_schema_history'
            order by 1""";

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static long own;
    private static long other;

    @BeforeAll
    static void migrate() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        TestTransactions.on(vertx, postgres);
        own = client("A");
        other = client("B");
    }

    private static long client(String name) {
        long id = (long) postgres.value("insert into Clients (ClientName) values (?) returning ClientID", name);
        postgres.query("insert into Events (ClientID, EventType) values (?, 'x')", id);
        return id;
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    /** The tables of a reason; the names are those of PostgreSQL. */
    private static Set<String> tables(PlatformReason reason) {
        return switch (reason) {
            case ROUTING ->
                Set.of(
                        "mediaobjects",
                        "alerts",
                        "backgroundtasks",
                        "clientendusers",
                        "clients",
                        "clientusers",
                        "communicationchannels",
                        "consents",
                        "enduseridentities",
                        "events",
                        "inbounddeliveries",
                        "keptrevocations",
                        "messageparts",
                        "messages",
                        "parkeditems",
                        "sessions",
                        "templates");
            case AUTHENTICATION ->
                Set.of(
                        "apikeys",
                        "auditentries",
                        "backgroundtasks",
                        "clients",
                        "clientusers",
                        "secretchecks",
                        "signinlinks");
            case TALK -> Set.of("calltalks", "events", "messages", "sessions");
            case DISPATCH -> Set.of("backgroundtasks");
            case CLAIM -> Set.of("backgroundtasks", "clients", "tasktypes");
            case SWEEP -> Set.of("backgroundtasks", "tasktypes");
            case PLATFORM_TASK ->
                Set.of(
                        "mediaobjects",
                        "transcriptionsettings",
                        "alerts",
                        "assistanttools",
                        "backgroundtasks",
                        "calls",
                        "clientassistants",
                        "communicationchannels",
                        "events",
                        "idempotencykeys",
                        "messages",
                        "sessions");
            case STREAM -> Set.of("clients", "events", "mediaobjects");
            case RETENTION ->
                Set.of(
                        "mediaobjects",
                        "transcripts",
                        "sentfiles",
                        "unusedobjects",
                        "alerts",
                        "apikeys",
                        "auditentries",
                        "backgroundtasks",
                        "callrecordings",
                        "calls",
                        "channelpaces",
                        "clients",
                        "clientusage",
                        "events",
                        "idempotencykeys",
                        "inbounddeliveries",
                        "messageparts",
                        "messages",
                        "pairpaces",
                        "parkeditems",
                        "retentionpolicies",
                        "sessions",
                        "signinlinks");
            case KEY_ROTATION ->
                Set.of(
                        "mediaobjects",
                        "transcriptionsettings",
                        "assistanttools",
                        "auditentries",
                        "backgroundtasks",
                        "clientassistants",
                        "communicationchannels",
                        "idempotencykeys");
            case PLATFORM_API ->
                Set.of(
                        "alerts",
                        "apikeys",
                        "assistants",
                        "auditchains",
                        "auditcheckpoints",
                        "auditentries",
                        "clients",
                        "idempotencykeys",
                        "parkeditems");
            case AUDIT -> Set.of("auditchains", "auditcheckpoints", "auditentries");
        };
    }

    @ParameterizedTest
    @EnumSource
    void aReasonReachesItsTablesOnly(PlatformReason reason) throws SQLException {
        Set<String> reached = new TreeSet<>();
        try (Connection cross = connect(SandboxPostgres.CROSS)) {
            execute(cross, "set role " + reason.databaseRole());
            for (String table : column(TABLES)) {
                if (mayAny(cross, table)) {
                    reached.add(table);
                } else {
                    assertEquals(INSUFFICIENT_PRIVILEGE, refusal(cross, "select from " + table));
                    assertEquals(INSUFFICIENT_PRIVILEGE, refusal(cross, "delete from " + table));
                }
            }
        }
        assertEquals(new TreeSet<>(tables(reason)), reached);
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAM", "RETENTION"})
    void aReasonSeesTheRowsOfAllTenants(PlatformReason reason) throws SQLException {
        try (Connection cross = connect(SandboxPostgres.CROSS)) {
            execute(cross, "set role " + reason.databaseRole());
            assertEquals(2, count(cross, "select count(distinct ClientID) from Events"));
        }
    }

    @Test
    void thePasswordOfTenantsWorkOpensOneTenantAtATime() throws SQLException {
        try (Connection app = connect(SandboxPostgres.APP)) {
            assertEquals(0, count(app, "select count(*) from Clients"));
            execute(app, "select set_config('comuta.client', '%d', false)".formatted(own));
            assertEquals(1, count(app, "select count(*) from Clients"));
            assertEquals(0, count(app, "select count(*) from Events where ClientID = " + other));
            assertEquals(
                    INSUFFICIENT_PRIVILEGE,
                    refusal(app, "insert into Events (ClientID, EventType) values (%d, 'x')".formatted(other)));
        }
    }

    @Test
    void thePasswordOfTenantsWorkOpensNoOtherRole() throws SQLException {
        assertEquals(List.of(), rolesTakenBy(SandboxPostgres.APP));
    }

    @Test
    void theCrossingPasswordOpensTheRolesOfReasonsOnly() throws SQLException {
        assertEquals(
                Arrays.stream(PlatformReason.values())
                        .map(PlatformReason::databaseRole)
                        .sorted()
                        .toList(),
                rolesTakenBy(SandboxPostgres.CROSS));
    }

    @Test
    void theCrossingPasswordAloneReachesNoTable() throws SQLException {
        try (Connection cross = connect(SandboxPostgres.CROSS)) {
            for (String table : column(TABLES)) {
                assertEquals(INSUFFICIENT_PRIVILEGE, refusal(cross, "select from " + table), table);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SandboxPostgres.APP, SandboxPostgres.CROSS})
    void theServersRolesCreateNoTables(String role) throws SQLException {
        try (Connection connection = connect(role)) {
            assertEquals(INSUFFICIENT_PRIVILEGE, refusal(connection, "create table Clients2 (x int)"));
            assertEquals(INSUFFICIENT_PRIVILEGE, refusal(connection, "create temporary table Clients (x int)"));
        }
    }

    /** Otherwise the scripts of the owner, which use this role, see no rows of a new table. */
    @Test
    void thePlatformsRoleHasAPolicyOnEveryTable() {
        List<String> covered = column("""
                select relname from pg_class c
                join pg_policy p on p.polrelid = c.oid and p.polcmd = '*' and pg_get_expr(p.polqual, c.oid) = 'true'
                where c.relrowsecurity and c.relforcerowsecurity and 'comuta_platform'::regrole = any (p.polroles)
                order by 1""");
        assertEquals(column(TABLES), covered);
    }

    @Test
    void theRolesOfRolesSqlHaveNoFault() {
        new DatabaseLogins(service(Map.of()), TestTransactions.config(DatabaseConfig.class)).require();
    }

    @Test
    void aRoleOfTenantsWorkThatMayCrossIsAFault() {
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        String fault = fault(
                Map.of("comuta.database.username", owner.username(), "comuta.database.password", owner.password()));
        assertTrue(fault.startsWith("comuta.database.username sees the rows of every tenant"), fault);
        assertTrue(fault.contains("comuta_platform"), fault);
    }

    @Test
    void aCrossingRoleWithoutTheRolesOfReasonsIsAFault() {
        SandboxPostgres.Login app = postgres.login(SandboxPostgres.APP);
        String fault = fault(Map.of(
                "comuta.database.cross-username", app.username(), "comuta.database.cross-password", app.password()));
        assertTrue(fault.startsWith("comuta.database.cross-username may not take the role comuta_reason_"), fault);
    }

    private static String fault(Map<String, String> settings) {
        DatabaseLogins logins = new DatabaseLogins(service(settings), TestTransactions.config(DatabaseConfig.class));
        await().ignoreExceptions()
                .until(() -> !logins.faults().await().indefinitely().isEmpty());
        return assertThrows(ConfigurationException.class, logins::require).getMessage();
    }

    private static Transactions service(Map<String, String> settings) {
        return TestTransactions.on(vertx, postgres, postgres.port(), settings).service();
    }

    private static List<String> rolesTakenBy(String role) throws SQLException {
        List<String> taken = new ArrayList<>();
        try (Connection login = connect(role)) {
            for (String name : column("select rolname from pg_roles where rolname <> '" + role + "' order by 1")) {
                if (refusal(login, "set role " + name) == null) {
                    taken.add(name);
                }
                execute(login, "reset role");
            }
        }
        return taken;
    }

    private static boolean mayAny(Connection connection, String table) throws SQLException {
        return count(connection, """
                select (has_any_column_privilege('%1$s', 'select, insert, update, references')
                        or has_table_privilege('%1$s', 'delete, truncate, trigger'))::int""".formatted(table)) == 1;
    }

    private static List<String> column(String query) {
        return postgres.query(query).stream()
                .map(row -> row.values().iterator().next().toString())
                .collect(Collectors.toList());
    }

    private static long count(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The SQLSTATE with which the database refuses a statement; null when it does not. */
    private static String refusal(Connection connection, String sql) {
        try {
            execute(connection, sql);
            return null;
        } catch (SQLException refused) {
            return refused.getSQLState();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(String role) throws SQLException {
        SandboxPostgres.Login login = postgres.login(role);
        return DriverManager.getConnection(postgres.jdbcUrl(), login.username(), login.password());
    }
}
