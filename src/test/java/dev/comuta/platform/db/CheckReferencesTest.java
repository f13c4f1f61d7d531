package dev.comuta.platform.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The operator's check of the rules that triggers hold, on databases whose triggers were skipped. */
class CheckReferencesTest {

    private static final Path QUERY = Path.of("src", "main", "resources", "db", "check-references.sql");

    private static final String ROWS = """
            insert into Clients (ClientName) values ('A'), ('B');
            insert into ClientUsers (ClientID, UserName, UserRole) values (1, 'Davi', 'Corretor');
            insert into ClientEndUsers (ClientID, UserID, Name) values (1, 1, 'Ana'), (1, null, 'Rui');
            insert into EndUserCounts values (1, 2, 2, 2, now(), '1');
            insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier)
            values (1, 'WhatsApp', '+5511400000001'), (1, 'WhatsApp', '+5511400000002');
            insert into Sessions (ClientID, ChannelID, EndUserID) values (1, 1, 1), (1, 1, 2), (1, 2, 1);
            update ClientEndUsers set ErasedAt = clock_timestamp() where EndUserID = 2;
            insert into Messages (SessionID, SenderType, ContentType) values (1, 'Assistente', 'Texto');
            insert into BackgroundTasks (SessionID, ClientID, TaskType)
            values (1, null, 'X'), (null, 1, 'X'), (null, null, 'X');
            insert into Events (SessionID, ClientID, EventType) values (1, null, 'X'), (null, 1, 'X'), (null, null, 'X');
            insert into AuditEntries (ClientID, Chained, HappenedAt, CallerKind, Action, Target)
            values (1, true, now(), 'sistema', 'x', '/'), (1, false, now(), 'usuário', 'y', '/');
            """;

    /** Rows as replication or a restore without triggers could leave them. The owner cannot switch all triggers off. */
    private static final String FAULTS = """
            alter table Sessions disable trigger user;
            alter table Messages disable trigger user;
            alter table BackgroundTasks disable trigger user;
            alter table Events disable trigger user;
            alter table AuditEntries disable trigger user;
            alter table ClientEndUsers disable trigger user;
            alter table Sessions drop constraint sessions_clientid_enduserid_fkey;
            set role comuta_platform;
            delete from Sessions where SessionID = 1;
            delete from ClientEndUsers where EndUserID = 1;
            update Sessions set StartTime = clock_timestamp() where SessionID = 2;
            insert into Messages (SessionID, ClientID, SenderType, ContentType) values (2, 2, 'Assistente', 'Texto');
            insert into BackgroundTasks (SessionID, ClientID, TaskType) values (2, null, 'X'), (null, 7, 'X');
            insert into Events (ClientID, EventType) values (7, 'X');
            insert into AuditEntries (ClientID, HappenedAt, CallerKind, Action, Target)
            values (1, now(), 'sistema', 'z', '/');
            reset role;
            alter table Sessions add constraint sessions_clientid_enduserid_fkey
                foreign key (ClientID, EndUserID) references ClientEndUsers (ClientID, EndUserID) not valid;
            """;

    private static Vertx vertx;
    private static SandboxPostgres postgres;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        TestTransactions.on(vertx, postgres);
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @Test
    void findsEveryRuleThatIsBroken() throws SQLException, IOException {
        execute("set role comuta_platform;" + ROWS);
        assertEquals(Map.of(), broken());

        execute(FAULTS);

        assertEquals(
                Map.of(
                        "auditentries_append", 1L,
                        "backgroundtasks_session", 3L,
                        "clientendusers_counted", 1L,
                        "events_session", 2L,
                        "messages_session", 2L,
                        "sessions_clientid_enduserid_fkey", 1L,
                        "sessions_person_present", 1L),
                broken());
    }

    @Test
    void isDocumented() throws IOException {
        assertTrue(Files.readString(Path.of("docs", "deployment.md")).contains(QUERY.toString()));
    }

    private static void execute(String statements) throws SQLException {
        try (Connection owner = connect();
                Statement sql = owner.createStatement()) {
            sql.execute(statements);
        }
    }

    private static Map<String, Long> broken() throws SQLException, IOException {
        Map<String, Long> broken = new TreeMap<>();
        try (Connection owner = connect();
                Statement sql = owner.createStatement()) {
            sql.execute("set role comuta_platform");
            try (ResultSet rules = sql.executeQuery(Files.readString(QUERY))) {
                while (rules.next()) {
                    broken.put(rules.getString("rule"), rules.getLong("rows"));
                }
            }
        }
        return broken;
    }

    private static Connection connect() throws SQLException {
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        return DriverManager.getConnection(postgres.jdbcUrl(), owner.username(), owner.password());
    }
}
