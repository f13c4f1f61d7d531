package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit records caller, operation, time and origin of every change, and detects manipulated entries. */
class AuditIT {

    private static Comuta comuta;
    private static Api platform;

    private String home;
    private Api client;
    private long keyId;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        platform = comuta.platform();
    }

    @BeforeEach
    void registerACompany() {
        home = platform.post("/clients", new JsonObject().put("clientName", "Auditada"))
                .expect(201)
                .location();
        JsonObject key = platform.post(
                        home + "/api-keys",
                        new JsonObject().put("name", "auditoria").put("role", "Administrador"))
                .expect(201)
                .json();
        keyId = key.getLong("apiKeyId");
        client = comuta.api(key.getString("key"));
    }

    @Test
    void recordsCallerActionTargetAndOrigin() {
        String user = client.post(home + "/users", user("Ana")).expect(201).location();
        client.send("PATCH", user, new JsonObject().put("userName", "Ana Luísa").encode())
                .expect(200);
        client.send("DELETE", user, null).expect(204);

        List<JsonObject> entries = entries(home + "/audit?callerKind=chave");
        assertEquals(List.of("createUser", "changeUser", "deactivateUser"), actions(entries));
        assertEquals(List.of(home + "/users", user, user), texts(entries, "target"));
        entries.forEach(entry -> {
            assertEquals(keyId, entry.getLong("callerId"));
            assertEquals("127.0.0.1", entry.getString("origin"));
            assertFalse(entry.encode().contains("Ana"), "content in " + entry);
        });
        assertEquals(List.of("createApiKey"), actions(entries(home + "/audit?callerKind=plataforma")));
        assertChainHolds(4);
    }

    @Test
    void recordsNoRejectedReadOrRepeatedRequest() {
        String idempotencyKey = UUID.randomUUID().toString();
        client.post(home + "/users", user("Bia"), "idempotency-key", idempotencyKey)
                .expect(201);
        client.post(home + "/users", user("Bia"), "idempotency-key", idempotencyKey)
                .expect(201);
        client.withInvalidRequest().post(home + "/users", new JsonObject()).expectProblem(400, "invalid-request");
        client.get(home + "/users").expect(200);
        client.post("/clients", new JsonObject().put("clientName", "x")).expectProblem(403, "forbidden");

        assertEquals(List.of("createApiKey", "createUser"), actions(entries(home + "/audit")));
    }

    @Test
    void recordsReadsOfAConversationByAPersonOutsideOfTheChain() {
        long userId = platform.post(home + "/users", user("Eva").put("userRole", "Administrador"))
                .expect(201)
                .json()
                .getLong("userId");
        JsonObject key = platform.post(
                        home + "/api-keys", new JsonObject().put("name", "Eva").put("userId", userId))
                .expect(201)
                .json();
        Api person = comuta.api(key.getString("key"));
        String session = session();

        client.get(session + "/messages").expect(200);
        person.get(session).expect(200);
        person.get(session + "/messages").expect(200);

        List<JsonObject> read = entries(home + "/audit?callerKind=usuário");
        assertEquals(List.of("listMessages"), actions(read));
        assertEquals(List.of(session + "/messages"), texts(read, "target"));
        assertEquals(userId, read.getFirst().getLong("callerId"));
        assertNull(read.getFirst().getLong("sequence"));
        assertNull(read.getFirst().getString("hash"));
        assertEquals(List.of(), entries(home + "/audit?action=listMessages&callerKind=chave"));
        assertChainHolds(entries(home + "/audit").size() - 1);
    }

    @Test
    void keepsOneChainForSimultaneousChanges() {
        List<CompletableFuture<Api.Answer>> sent = IntStream.range(0, 40)
                .mapToObj(i -> client.sendAsync(
                        "POST", home + "/users", user("Caio " + i).encode()))
                .toList();
        sent.forEach(answer -> answer.join().expect(201));

        assertChainHolds(41);
    }

    @Test
    void keepsAChainForThePlatform() {
        String name = "Auditado " + UUID.randomUUID();
        platform.post(
                        "/assistants",
                        new JsonObject().put("assistantName", name).put("implementationReference", "builtin:atendente"))
                .expect(201);

        assertTrue(actions(entries("/audit?action=createAssistant")).contains("createAssistant"));
        assertTrue(platform.get("/audit/verification").expect(200).json().getBoolean("holds"));
        client.get("/audit").expectProblem(403, "forbidden");
    }

    @Test
    void detectsAChangedEntry() {
        changeUsers(3);
        tamper("update AuditEntries set CallerID = 4711 where " + entryWhere("Sequence = 2"));

        assertFault("Alterada", 2);
    }

    @Test
    void detectsARemovedEntry() {
        changeUsers(3);
        tamper("delete from AuditEntries where " + entryWhere("Sequence = 3"));

        assertFault("Removida", 3);
    }

    @Test
    void detectsTheRemovalOfTheLastEntry() {
        changeUsers(3);
        tamper("delete from AuditEntries where " + entryWhere("Sequence = 4"));

        assertFault("Removida", 4);
    }

    @Test
    void detectsSwappedEntries() {
        changeUsers(3);
        tamper("update AuditEntries set Sequence = 99 where " + entryWhere("Sequence = 2")
                + "; update AuditEntries set Sequence = 2 where " + entryWhere("Sequence = 3")
                + "; update AuditEntries set Sequence = 3 where " + entryWhere("Sequence = 99"));

        assertFault("Alterada", 2);
    }

    @Test
    void detectsAChangedEntryWithARecomputedHash() {
        changeUsers(3);
        tamper("update AuditEntries set Target = '/clients/1' where " + entryWhere("Sequence = 2")
                + "; update AuditEntries e set Hash = comuta_audit_hash(e) where " + entryWhere("Sequence = 2"));

        assertFault("Deslocada", 3);
    }

    @Test
    void databaseRolesCanOnlyAddEntries() {
        changeUsers(1);
        for (String statement : List.of(
                "insert into AuditCheckpoints values (default, 1, 1, '', now(), '')",
                "update AuditEntries set CallerID = 1",
                "delete from AuditEntries",
                "truncate AuditEntries",
                "update AuditChains set Entries = 0")) {
            assertTrue(errorOf(SandboxPostgres.APP, statement).contains("permission denied"), statement);
        }
        assertTrue(errorOf(SandboxPostgres.OWNER, "truncate AuditEntries").contains("append-only"));
        assertTrue(errorOf(
                        SandboxPostgres.OWNER,
                        "set role comuta_platform; delete from AuditEntries where Sequence is not null")
                .contains("append-only"));
        assertTrue(errorOf(SandboxPostgres.OWNER, "set role comuta_platform; update AuditEntries set CallerID = 1")
                .contains("permission denied"));
        assertChainHolds(2);
    }

    private String session() {
        String channel = platform.post(
                        home + "/channels",
                        new JsonObject().put("channelType", "WhatsApp").put("channelIdentifier", Comuta.newNumber()))
                .expect(201)
                .location();
        Object sessionId = comuta.value(
                "insert into Sessions (ClientID, ChannelID) values (?, ?) returning SessionID",
                Long.parseLong(home.substring("/clients/".length())),
                Long.parseLong(channel.substring(channel.lastIndexOf('/') + 1)));
        return home + "/sessions/" + sessionId;
    }

    private void changeUsers(int count) {
        IntStream.range(0, count)
                .forEach(i -> client.post(home + "/users", user("Davi " + i)).expect(201));
    }

    private static JsonObject user(String name) {
        return new JsonObject().put("userName", name).put("userRole", "Corretor");
    }

    private List<JsonObject> entries(String path) {
        return platform.get(path + (path.contains("?") ? "&" : "?") + "limit=200").expect(200).items().stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static List<String> actions(List<JsonObject> entries) {
        return texts(entries, "action");
    }

    private static List<String> texts(List<JsonObject> entries, String field) {
        return entries.stream().map(entry -> entry.getString(field)).toList();
    }

    private void assertChainHolds(long entries) {
        JsonObject verification =
                client.get(home + "/audit/verification?after=0").expect(200).json();
        assertNull(verification.getString("fault"), verification.encode());
        assertTrue(verification.getBoolean("holds"));
        assertEquals(entries, verification.getLong("entries"));
    }

    private void assertFault(String kind, long sequence) {
        JsonObject verification =
                client.get(home + "/audit/verification?after=0").expect(200).json();
        assertFalse(verification.getBoolean("holds"));
        assertEquals(kind, verification.getString("fault"), verification.encode());
        assertEquals(sequence, verification.getLong("faultySequence"), verification.encode());
    }

    private String entryWhere(String condition) {
        return "ClientID = " + home.substring("/clients/".length()) + " and " + condition;
    }

    /** Changes entries as only the owner of the database can: the protection is off during the change. */
    static void tamper(String statements) {
        String script = """
                alter table AuditEntries disable trigger user;
                alter table AuditEntries no force row level security;
                %s;
                alter table AuditEntries force row level security;
                alter table AuditEntries enable trigger user;""".formatted(statements);
        try (Connection owner = connect(SandboxPostgres.OWNER);
                Statement statement = owner.createStatement()) {
            statement.execute(script);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String errorOf(String role, String script) {
        return assertThrows(SQLException.class, () -> {
                    try (Connection connection = connect(role);
                            Statement statement = connection.createStatement()) {
                        statement.execute(script);
                    }
                })
                .getMessage();
    }

    private static Connection connect(String role) throws SQLException {
        SandboxPostgres postgres = Comuta.shared().sandbox().postgres();
        return DriverManager.getConnection(
                postgres.jdbcUrl(),
                postgres.login(role).username(),
                postgres.login(role).password());
    }
}
