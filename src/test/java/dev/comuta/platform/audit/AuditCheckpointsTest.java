package dev.comuta.platform.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.secret.TestSecrets;
import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manipulations by the owner of the database, and what a checkpoint detects of them. */
class AuditCheckpointsTest {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static AuditReading reading;
    private static AuditCheckpoints checkpoints;

    private long client;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        var transactions = TestTransactions.on(vertx, postgres).service();
        reading = new AuditReading(transactions, TestSecrets.secrets());
        checkpoints = new AuditCheckpoints(
                transactions, TestSecrets.secrets(), Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000)));
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void registerAClient() {
        client = (long) postgres.value("insert into Clients (ClientName) values ('Auditada') returning ClientID");
    }

    @Test
    void aCheckBeginsAtTheLastCheckpoint() {
        change(3);
        makeCheckpoints();
        change(2);

        AuditVerification verified = verify(null);

        assertNull(verified.fault());
        assertEquals(3, verified.checkpoint().entries());
        assertEquals(3, verified.checkedFrom());
        assertEquals(5, verified.checkedTo());
        assertNull(verified.next());
        assertEquals(0, verify(0L).checkedFrom());
        assertEquals(5, verify(Long.MAX_VALUE).checkedFrom());
    }

    @Test
    void aChainIsCheckedInParts() {
        change(5);

        Map<String, Object> part = part(0, 2);
        assertEquals(2L, part.get("checked_to"));
        assertNull(part.get("fault"));
        part = part(2, 3);
        assertEquals(5L, part.get("checked_to"));
        assertNull(part.get("fault"));

        tamper("update AuditEntries set CallerID = 7 where " + entry(2));
        assertEquals("Alterada", part(0, 2).get("fault"));
        assertEquals("Alterada", part(2, 2).get("fault"), "the entry before the part");
        assertNull(part(3, 2).get("fault"));
    }

    @Test
    void aTailThatWasCutIsDetectedAlthoughTheHeadWasSetBack() {
        change(5);
        makeCheckpoints();
        tamper("delete from AuditEntries where ClientID = %1$d and Sequence > 3; %2$s".formatted(client, setHead()));

        assertFault("Removida", 4, verify(null));
        assertFault("Removida", 4, verify(0L));
    }

    @Test
    void aChainThatWasWrittenAnewIsDetected() {
        change(5);
        makeCheckpoints();
        tamper("update AuditEntries set CallerID = 7 where " + entry(2) + "; " + writeAnew());

        assertFault("Alterada", 5, verify(null));
    }

    @Test
    void aCheckpointWithoutTheServersSignatureIsDetected() {
        change(5);
        makeCheckpoints();
        tamper("update AuditEntries set CallerID = 7 where " + entry(2) + "; " + writeAnew()
                + "; update AuditCheckpoints k set Head = c.Head from AuditChains c"
                + " where c.ChainID = k.ChainID and k.ChainID = " + client);

        assertFault("Forjada", 5, verify(null));
    }

    @Test
    void anEntryThatWasTakenOutOfTheChainIsDetected() {
        change(3);
        tamper("update AuditEntries set Chained = false where " + entry(2));

        assertFault("Alterada", 2, verify(0L));
    }

    @Test
    void aCheckpointIsMadeOncePerEndOfAChain() {
        change(2);
        makeCheckpoints();
        makeCheckpoints();
        assertEquals(List.of(2L), signed());
        change(1);
        makeCheckpoints();
        assertEquals(List.of(2L, 3L), signed());
    }

    @Test
    void aFaultyChainGetsNoCheckpoint() {
        change(3);
        tamper("update AuditEntries set CallerID = 7 where " + entry(2));
        makeCheckpoints();

        assertEquals(List.of(), signed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update AuditChains set Entries = 0",
                "insert into AuditChains values (-1, 0, '')",
                "insert into AuditCheckpoints (ChainID, Entries, Head, MadeAt, Signature) values (-1, 0, '', now(), '')"
            })
    void thePlatformsRoleMayWriteNeitherChainsNorCheckpoints(String statement) {
        assertEquals(INSUFFICIENT_PRIVILEGE, refusal("set role comuta_platform; " + statement));
    }

    @Test
    void checkpointsStay() {
        change(1);
        makeCheckpoints();
        assertTrue(List.of("23001").contains(refusal("""
                alter table AuditCheckpoints no force row level security;
                delete from AuditCheckpoints""")));
    }

    private void change(int entries) {
        for (int i = 0; i < entries; i++) {
            postgres.query(
                    "insert into AuditEntries (ClientID, HappenedAt, CallerKind, Action, Target)"
                            + " values (?, now(), 'sistema', 'changeClient', '/clients')",
                    client);
        }
    }

    private static void makeCheckpoints() {
        checkpoints.make().await().atMost(Duration.ofSeconds(30));
    }

    private AuditVerification verify(Long after) {
        return reading.verifyClient(client, after).await().atMost(Duration.ofSeconds(30));
    }

    private Map<String, Object> part(long after, int atMost) {
        return postgres.query("select * from comuta_audit_verify(?, ?, ?)", client, after, atMost)
                .getFirst();
    }

    private List<Object> signed() {
        return postgres.query("select Entries from AuditCheckpoints where ChainID = ? order by 1", client).stream()
                .map(row -> row.get("entries"))
                .toList();
    }

    private static void assertFault(String fault, long sequence, AuditVerification verified) {
        assertEquals(fault, verified.fault());
        assertEquals(sequence, verified.faultySequence());
    }

    private String entry(long sequence) {
        return "ClientID = %d and Sequence = %d".formatted(client, sequence);
    }

    private String setHead() {
        return """
                update AuditChains c set Entries = e.Sequence, Head = e.Hash
                from AuditEntries e where c.ChainID = %1$d and e.ClientID = c.ChainID and e.Sequence = (
                    select max(Sequence) from AuditEntries where ClientID = %1$d)""".formatted(client);
    }

    /** New hashes for all entries, as an owner makes them who knows the function. */
    private String writeAnew() {
        return """
                do $$
                declare
                    one AuditEntries;
                    previous bytea := '';
                begin
                    for one in select * from AuditEntries where ClientID = %1$d order by Sequence loop
                        update AuditEntries set PreviousHash = previous where AuditID = one.AuditID;
                        update AuditEntries e set Hash = comuta_audit_hash(e) where e.AuditID = one.AuditID
                        returning e.Hash into previous;
                    end loop;
                end
                $$; %2$s""".formatted(client, setHead());
    }

    /** Changes the audit as only the owner of the database can: the protection is off during the change. */
    private static void tamper(String statements) {
        StringBuilder script = new StringBuilder();
        List<String> tables = List.of("AuditEntries", "AuditChains", "AuditCheckpoints");
        tables.forEach(table ->
                script.append("alter table %1$s disable trigger user, no force row level security;".formatted(table)));
        script.append(statements).append(';');
        tables.forEach(table ->
                script.append("alter table %1$s enable trigger user, force row level security;".formatted(table)));
        assertNull(refusal(script.toString()));
    }

    /** The SQLSTATE with which the database refuses a script of the owner; null when it does not. */
    private static String refusal(String script) {
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), owner.username(), owner.password());
                Statement statement = connection.createStatement()) {
            statement.execute(script);
            return null;
        } catch (SQLException refused) {
            return refused.getSQLState();
        }
    }
}
