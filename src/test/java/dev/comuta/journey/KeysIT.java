package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.ServerProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** API keys from creation to revocation, with two replicas on one database. */
class KeysIT {

    /** After this time a revoked key is invalid on every replica. */
    private static final Duration REVOCATION_LIMIT = Duration.ofMillis(1500);

    private static Comuta comuta;
    private static ServerProcess replica;
    private static Company company;
    private static Api platform;

    @BeforeAll
    static void startAReplica() {
        comuta = Comuta.shared();
        replica = comuta.sandbox().startServer(Comuta.testOptions().with("COMUTA_KEYS_USE_INTERVAL", "0.5s"));
        company = Company.create(comuta, "Chaveiro-a81c");
        platform = comuta.platform();
    }

    @AfterAll
    static void stopTheReplica() {
        replica.stop();
    }

    /** A busy machine may delay one rejection, not each of several. */
    @Test
    void everyReplicaRejectsARevokedKeyWithinASecond() {
        List<Duration> delays = new ArrayList<>();
        do {
            delays.add(delayOfARevocation());
        } while (delays.size() < 3 && delays.getLast().compareTo(REVOCATION_LIMIT) >= 0);
        assertTrue(delays.getLast().compareTo(REVOCATION_LIMIT) < 0, "rejected only after " + delays);
    }

    private static Duration delayOfARevocation() {
        JsonObject key = company.createKey(new JsonObject());
        company.as(key).get(company.home()).expect(200);
        atReplica(key).get(company.home()).expect(200);

        platform.send("DELETE", path(key), null).expect(204);
        Instant revoked = Instant.now();
        await().atMost(Comuta.TIMEOUT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> atReplica(key).get(company.home()).status() == 401
                        && company.as(key).get(company.home()).status() == 401);
        return Duration.between(revoked, Instant.now());
    }

    @Test
    void expiredKeyIsRejected() {
        JsonObject key = company.createKey(
                new JsonObject().put("expiresAt", Instant.now().plusSeconds(4).toString()));

        company.as(key).get(company.home()).expect(200);
        await().atMost(Comuta.TIMEOUT)
                .until(() -> company.as(key).get(company.home()).status() == 401);
        assertNotCreated(
                400,
                new JsonObject()
                        .put("role", "Administrador")
                        .put("expiresAt", Instant.now().minusSeconds(2).toString()));
    }

    @Test
    void bothKeysAreValidDuringTheOverlap() {
        JsonObject first = company.createKey(new JsonObject().put("role", "Leitura"));
        JsonObject second = rotate(first, 3600);

        assertNotEquals(first.getString("key"), second.getString("key"));
        company.as(first).get(company.home()).expect(200);
        company.as(second).get(company.home()).expect(200);
        company.as(second)
                .post(
                        company.home() + "/users",
                        new JsonObject().put("userName", "Ana").put("userRole", "Corretor"))
                .expectProblem(403, "forbidden");
        JsonObject replaced = platform.get(path(first)).expect(200).json();
        assertEquals(second.getLong("apiKeyId"), replaced.getLong("replacedBy"));
        assertTrue(Instant.parse(replaced.getString("expiresAt"))
                .isBefore(Instant.now().plusSeconds(3601)));
        platform.post(path(first) + "/rotate", new JsonObject()).expectProblem(409, "conflict");
    }

    @Test
    void replacedKeyExpiresAfterTheOverlap() {
        JsonObject first = company.createKey(new JsonObject());
        JsonObject second = rotate(first, 0);

        await().atMost(Comuta.TIMEOUT)
                .until(() -> company.as(first).get(company.home()).status() == 401);
        company.as(second).get(company.home()).expect(200);
    }

    @Test
    void keyIsLimitedToItsScopes() {
        Api limited = company.withScopes("sessions:read", "users:write");

        limited.get(company.home() + "/sessions").expect(200);
        limited.get(company.home() + "/users").expectProblem(403, "forbidden");
        limited.withInvalidRequest()
                .post(company.home() + "/users", new JsonObject())
                .expectProblem(400, "invalid-request");
        assertNotCreated(400, administrators("tudo"));
        assertNotCreated(400, administrators());
    }

    @Test
    void rejectsScopesThatTheRoleDoesNotHave() {
        String problem = assertNotCreated(400, administrators("sessions:read", "platform:read"));
        assertTrue(problem.contains("platform:read: the role Administrador has the scopes "), problem);
        assertTrue(problem.contains("sessions:write"), problem);
        assertNotCreated(400, administrators("sessions:write").put("role", "Leitura"));
    }

    @Test
    void requiresARoleAndReturnsItWithTheScopes() {
        String problem = assertNotCreated(400, new JsonObject());
        assertTrue(problem.contains("role: is required"), problem);

        JsonObject key = company.createKey(administrators("sessions:read"));
        assertEquals("Administrador", key.getString("role"));
        assertEquals(new JsonArray().add("sessions:read"), key.getJsonArray("scopes"));
    }

    private static JsonObject administrators(String... scopes) {
        return new JsonObject().put("role", "Administrador").put("scopes", new JsonArray(List.of(scopes)));
    }

    @Test
    void keyCannotCreateAKeyWithMoreScopes() {
        Api limited = company.withScopes("api-keys:write", "sessions:read");
        JsonObject unlimited = company.createKey(new JsonObject());

        limited.post(
                        company.home() + "/api-keys",
                        new JsonObject().put("name", "larga").put("role", "Administrador"))
                .expectProblem(403, "forbidden");
        limited.post(path(unlimited) + "/rotate", new JsonObject()).expectProblem(403, "forbidden");
        limited.post(
                        company.home() + "/api-keys",
                        new JsonObject()
                                .put("name", "estreita")
                                .put("role", "Administrador")
                                .put("scopes", new JsonArray().add("sessions:read")))
                .expect(201);
    }

    @Test
    void keyFollowsTheRoleAndStatusOfItsUser() {
        long user = company.addBroker("Carla");
        Api carla = company.user(user);
        carla.get(company.home() + "/alerts").expectProblem(403, "forbidden");

        change(user, new JsonObject().put("userRole", "Administrador"));
        await().atMost(Comuta.TIMEOUT)
                .until(() -> carla.get(company.home() + "/alerts").status() == 200);
        platform.send("DELETE", company.home() + "/users/" + user, null).expect(204);
        await().atMost(Comuta.TIMEOUT).until(() -> carla.get(company.home()).status() == 401);
        assertNotCreated(400, new JsonObject().put("userId", 999_999_999L));
        assertNotCreated(
                400, new JsonObject().put("userId", company.id("userId")).put("role", "Leitura"));
    }

    @Test
    void brokerCreatesAndSeesOnlyOwnEndUsers() {
        long user = company.addBroker("Davi");
        Api davi = company.user(user);
        JsonObject person = new JsonObject().put("name", "Maria");

        String endUser =
                davi.post(company.home() + "/end-users", person).expect(201).location();
        assertEquals(user, davi.get(endUser).expect(200).json().getLong("userId"));
        assertEquals(1, davi.get(company.home() + "/end-users").items().size());
        davi.send(
                        "PATCH",
                        endUser,
                        new JsonObject().put("userId", company.id("userId")).encode())
                .expectProblem(403, "forbidden");
        company.user(company.id("userId")).get(endUser).expectProblem(404, "not-found");
    }

    @Test
    void simultaneousBrokersSeeOnlyTheirOwnRows() {
        String path = company.home() + "/end-users";
        List<Api> brokers = IntStream.range(0, 8)
                .mapToObj(i -> company.user(company.addBroker("Corretor " + i)))
                .toList();
        brokers.forEach(broker -> broker.post(path, new JsonObject().put("name", "de " + brokers.indexOf(broker)))
                .expect(201));

        for (int round = 0; round < 8; round++) {
            List<CompletableFuture<Void>> requests = IntStream.range(0, 50)
                    .mapToObj(i -> brokers.get(i % brokers.size())
                            .sendAsync("GET", path, null)
                            .thenAccept(answer -> {
                                assertEquals(1, answer.expect(200).items().size());
                                assertEquals(
                                        "de " + i % brokers.size(),
                                        answer.items().getJsonObject(0).getString("name"));
                            }))
                    .toList();
            requests.forEach(CompletableFuture::join);
        }
    }

    @Test
    void idempotencyKeysOfTwoBrokersAreSeparate() {
        Api first = company.user(company.addBroker("Eva"));
        Api second = company.user(company.addBroker("Fábio"));
        JsonObject person = new JsonObject().put("name", "Maria");
        String path = company.home() + "/end-users";

        long firstId = first.post(path, person, "idempotency-key", "a mesma")
                .expect(201)
                .json()
                .getLong("endUserId");
        long other = second.post(path, person, "idempotency-key", "a mesma")
                .expect(201)
                .json()
                .getLong("endUserId");
        assertNotEquals(firstId, other);
    }

    @Test
    void aKeyWithFewerScopesGetsNoStoredResponseOfAnother() {
        String path = company.home() + "/api-keys";
        JsonObject fields = new JsonObject().put("name", "n").put("role", "Administrador");
        String secret = company.administrator()
                .post(path, fields, "idempotency-key", "roubada")
                .expect(201)
                .json()
                .getString("key");

        Api.Answer other = company.withScopes("api-keys:write").post(path, fields, "idempotency-key", "roubada");

        assertEquals("", other.header("idempotent-replayed"));
        assertFalse(other.body().contains(secret));
    }

    @Test
    void aKeyExpiresAtAPossibleTimeOrNever() {
        for (String time : List.of("", " ", "\n", "+999999999-12-31T23:59:59Z")) {
            JsonObject fields =
                    new JsonObject().put("name", "n").put("role", "Leitura").put("expiresAt", time);
            platform.withInvalidRequest()
                    .post(company.home() + "/api-keys", fields)
                    .expectProblem(400, "invalid-request");
        }
    }

    @Test
    void returnsTheTimeOfLastUse() {
        JsonObject key = company.createKey(new JsonObject());
        assertNull(platform.get(path(key)).json().getString("lastUsedAt"));

        Instant before = Instant.now().minusSeconds(1);
        atReplica(key).get(company.home()).expect(200);
        await().atMost(Comuta.TIMEOUT)
                .until(() -> platform.get(path(key)).json().getString("lastUsedAt") != null);
        assertFalse(Instant.parse(platform.get(path(key)).json().getString("lastUsedAt"))
                .isBefore(before));
    }

    @Test
    void platformKeysAreSeparateFromClientKeys() {
        JsonObject key = platform.post("/api-keys", new JsonObject().put("name", "operação"))
                .expect(201)
                .json();
        String path = "/api-keys/" + key.getLong("apiKeyId");
        Api operator = company.as(key);

        operator.get("/clients").expect(200);
        operator.get(company.home()).expect(200);
        assertEquals("Plataforma", operator.get(path).json().getString("role"));
        platform.get(company.home() + path).expectProblem(404, "not-found");
        platform.get("/api-keys/" + company.id("apiKeyId")).expectProblem(404, "not-found");
        operator.send("DELETE", path, null).expect(204);
        await().atMost(Comuta.TIMEOUT).until(() -> operator.get("/clients").status() == 401);
    }

    private static void change(long user, JsonObject patch) {
        platform.send("PATCH", company.home() + "/users/" + user, patch.encode())
                .expect(200);
    }

    private static JsonObject rotate(JsonObject key, int overlapSeconds) {
        return platform.post(path(key) + "/rotate", new JsonObject().put("overlapSeconds", overlapSeconds))
                .expect(201)
                .json();
    }

    private static String assertNotCreated(int status, JsonObject fields) {
        return platform.withInvalidRequest()
                .post(company.home() + "/api-keys", fields.put("name", "recusada"))
                .expect(status)
                .body();
    }

    private static Api atReplica(JsonObject key) {
        return new Api(replica.baseUrl(), key.getString("key"));
    }

    private static String path(JsonObject key) {
        return company.home() + "/api-keys/" + key.getLong("apiKeyId");
    }
}
