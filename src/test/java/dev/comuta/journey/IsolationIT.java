package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The database keeps tenants apart, whatever statement the server sends. */
class IsolationIT {

    private static final int TENANTS = 200;
    private static final int ROUNDS = 5;
    private static final String NO_PERMISSION = "42501";
    private static final String NO_SUCH_KEY = "23503";
    private static final String RESTRICTED = "23001";

    /** Tables of the platform, which have no rows of tenants. */
    private static final List<String> CATALOGUES = List.of("assistants", "tasktypes", "flyway_schema_history");

    private static Comuta comuta;

    @BeforeAll
    static void start() {
        comuta = Comuta.start(Comuta.testOptions());
        comuta.send(comuta.delivery(Comuta.newNumber(), "Quais imóveis estão disponíveis no bairro X?"));
        comuta.awaitNoOpenTask();
    }

    @AfterAll
    static void stop() {
        comuta.close();
    }

    @Test
    void forcesRowSecurityOnEveryTableOfTenants() {
        List<Object> unprotected = comuta.column("""
                select c.relname from pg_class c
                join pg_attribute a on a.attrelid = c.oid and a.attname = 'clientid'
                where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
                  and not (c.relrowsecurity and c.relforcerowsecurity)""");
        assertEquals(List.of(), unprotected);
    }

    @Test
    void showsNoRowToATransactionWithoutATenant() throws SQLException {
        List<Object> tables = comuta.column("select tablename from pg_tables where schemaname = 'public' order by 1");
        assertTrue(tables.size() > 15, () -> "found " + tables);
        try (Connection app = connect(SandboxPostgres.APP)) {
            for (Object table : tables) {
                if (!CATALOGUES.contains(table)) {
                    assertEquals(0, visible(app, table.toString()), () -> table + " shows rows");
                }
            }
        }
    }

    /** Without this, the test above would also pass when no row is ever visible. */
    @Test
    void showsATenantItsOwnRows() throws SQLException {
        try (Connection app = connect(SandboxPostgres.APP);
                Statement statement = app.createStatement()) {
            statement.execute("select set_config('comuta.client', '%d', false)"
                    .formatted(comuta.registered().clientId()));
            for (String table : List.of("Clients", "Sessions", "Messages", "Events", "BackgroundTasks", "ApiKeys")) {
                assertNotEquals(0, visible(app, table), table);
            }
        }
    }

    @Test
    void hidesRowsFromTheOwnerOfTheTablesToo() throws SQLException {
        try (Connection owner = connect(SandboxPostgres.OWNER)) {
            assertEquals(0, visible(owner, "Messages"));
        }
    }

    @Test
    void foreignKeysContainTheTenant() {
        List<Object> withoutTenant = comuta.column("""
                select k.conname from pg_constraint k
                join pg_class target on target.oid = k.confrelid and target.relrowsecurity
                    and target.relname not in ('clients', 'assistants')
                where k.contype = 'f' and not exists (
                    select from pg_attribute a
                    where a.attrelid = k.conrelid and a.attnum = any (k.conkey) and a.attname = 'clientid')""");
        assertEquals(List.of(), withoutTenant);
    }

    /** A trigger replaces the foreign key in these tables. */
    @Test
    void rejectsRowsThatNameAnotherClientsSession() throws SQLException {
        long session = (long) comuta.value("select min(SessionID) from Sessions where ClientID = "
                + comuta.registered().clientId());
        long stranger = (long) comuta.value("insert into Clients (ClientName) values ('outra') returning ClientID");
        Map<String, String> columns = Map.of(
                "Messages",
                "SenderType, ContentType",
                "BackgroundTasks",
                "TaskType, Status",
                "Events",
                "EventType, EventData");
        try (Connection platform = connect(SandboxPostgres.OWNER)) {
            execute(platform, "set role comuta_platform");
            columns.forEach((table, others) -> {
                String insert = insertInto(table, others);
                assertEquals(NO_SUCH_KEY, sqlStateOf(platform, insert.formatted(session, stranger)), table);
                assertEquals(NO_SUCH_KEY, sqlStateOf(platform, insert.formatted(Long.MAX_VALUE, stranger)), table);
                assertEquals(
                        RESTRICTED,
                        sqlStateOf(
                                platform,
                                "update %s set ClientID = %d where SessionID = %d".formatted(table, stranger, session)),
                        table);
            });
            for (String table : List.of("BackgroundTasks", "Events")) {
                String insert = insertInto(table, columns.get(table));
                assertEquals(NO_SUCH_KEY, sqlStateOf(platform, insert.formatted(Long.MAX_VALUE, "null")), table);
                assertEquals(NO_SUCH_KEY, sqlStateOf(platform, insert.formatted("null", Long.MAX_VALUE)), table);
            }
            assertEquals(RESTRICTED, sqlStateOf(platform, "delete from Sessions where SessionID = " + session));
            assertEquals(
                    RESTRICTED,
                    sqlStateOf(
                            platform,
                            "update Sessions set ClientID = %d where SessionID = %d".formatted(stranger, session)));
        }
        try (Connection app = connect(SandboxPostgres.APP)) {
            execute(app, "select set_config('comuta.client', '%d', false)".formatted(stranger));
            assertEquals(
                    NO_SUCH_KEY,
                    sqlStateOf(
                            app,
                            "insert into Events (SessionID, ClientID, EventType) values (%d, %d, 'x')"
                                    .formatted(session, stranger)));
        }
    }

    /** An INSERT with placeholders for a session and a client. */
    private static String insertInto(String table, String otherColumns) {
        return "insert into %s (SessionID, ClientID, %s) values (%%s, %%s, '1', '{}')".formatted(table, otherColumns);
    }

    /** The SQLSTATE with which the database rejects a statement. */
    private static String sqlStateOf(Connection connection, String sql) {
        return assertThrows(SQLException.class, () -> execute(connection, sql), sql)
                .getSQLState();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void connectsAsRolesThatOwnNothing() {
        assertEquals(0L, comuta.value("""
                select count(*) from pg_class c join pg_roles r on r.oid = c.relowner
                where r.rolname in ('comuta_app', 'comuta_cross')"""));
        assertEquals(
                List.of(),
                comuta.column(
                        "select rolname from pg_roles where (rolsuper or rolbypassrls) and rolname like 'comuta_%'"));
    }

    /** 200 tenants read and write in parallel over 10 connections; each must see only rows with its own mark. */
    @Test
    void separatesTenantsThatShareConnections() {
        List<Tenant> tenants =
                IntStream.range(0, TENANTS).mapToObj(IsolationIT::register).toList();
        for (int round = 0; round < ROUNDS; round++) {
            int current = round;
            List<CompletableFuture<Void>> all = tenants.stream()
                    .flatMap(tenant -> Stream.of(tenant.write(current), tenant.assertReadsOnlyOwnRows()))
                    .toList();
            all.forEach(CompletableFuture::join);
        }
        tenants.forEach(Tenant::assertHasAllRows);
        assertEquals(0L, comuta.value("""
                select count(*) from ClientEndUsers e join Clients c using (ClientID)
                where c.ClientName like 'inquilino %' and e.Name not like c.ClientName || ';%'"""));
    }

    private static Tenant register(int number) {
        Api platform = comuta.platform();
        String mark = "inquilino " + number;
        String home = platform.post("/clients", new JsonObject().put("clientName", mark))
                .expect(201)
                .location();
        String key = platform.post(
                        home + "/api-keys",
                        new JsonObject().put("name", "testes").put("role", "Administrador"))
                .expect(201)
                .json()
                .getString("key");
        return new Tenant(mark + ";", home, comuta.api(key));
    }

    /** A client whose rows all contain its mark. */
    private record Tenant(String mark, String home, Api api) {

        /** Repeats a request that got no connection in time, because so many arrive at once. */
        CompletableFuture<Api.Answer> send(String method, String path, String body) {
            return CompletableFuture.supplyAsync(
                    () -> Stream.generate(() -> api.send(method, home + path, body))
                            .limit(100)
                            .filter(answer -> answer.status() != 503)
                            .findFirst()
                            .orElseThrow(),
                    Thread::startVirtualThread);
        }

        CompletableFuture<Void> write(int round) {
            String body = new JsonObject().put("name", mark + round).encode();
            return send("POST", "/end-users", body).thenAccept(answer -> answer.expect(201));
        }

        CompletableFuture<Void> assertReadsOnlyOwnRows() {
            return send("GET", "/end-users?limit=200", null).thenAccept(answer -> {
                for (Object item : answer.expect(200).items()) {
                    String name = ((JsonObject) item).getString("name");
                    assertTrue(name.startsWith(mark), () -> mark + " sees " + name);
                }
            });
        }

        void assertHasAllRows() {
            assertEquals(
                    ROUNDS, api.get(home + "/end-users").expect(200).items().size());
            assertFalse(api.get(home).expect(200).body().isEmpty());
        }
    }

    /** The number of rows that the role sees; 0 when it has no permission. */
    private static long visible(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from " + table)) {
            count.next();
            return count.getLong(1);
        } catch (SQLException refused) {
            assertEquals(NO_PERMISSION, refused.getSQLState());
            return 0;
        }
    }

    private static Connection connect(String role) throws SQLException {
        SandboxPostgres postgres = comuta.sandbox().postgres();
        SandboxPostgres.Login login = postgres.login(role);
        return DriverManager.getConnection(postgres.jdbcUrl(), login.username(), login.password());
    }
}
