package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules for all requests of the REST API: idempotency keys, problems, versions. */
class ApiIT {

    private static final String KEY = "idempotency-key";

    private static Comuta comuta;
    private static Api platform;
    private static Api client;
    private static String home;

    @BeforeAll
    static void registerAnotherClient() {
        comuta = Comuta.shared();
        platform = comuta.platform();
        home = platform.post("/clients", new JsonObject().put("clientName", "Outra Imobiliária"))
                .expect(201)
                .location();
        String key = platform.post(home + "/api-keys", named("testes").put("role", "Administrador"))
                .expect(201)
                .json()
                .getString("key");
        client = comuta.api(key);
    }

    @Test
    void filtersUsersEndUsersAndClientsByTheirFields() {
        String email = "Ana." + UUID.randomUUID() + "@example.com";
        String user = client.post(
                        home + "/users",
                        new JsonObject()
                                .put("userName", "Ana")
                                .put("userRole", "Corretor")
                                .put("email", email))
                .expect(201)
                .location();
        String endUser = client.post(
                        home + "/end-users",
                        new JsonObject().put("name", "Maria " + email).put("email", email))
                .expect(201)
                .location();

        String emailFilter = email.toLowerCase(java.util.Locale.ROOT);
        assertEquals(user, onlyItem(client.get(home + "/users?email=" + emailFilter), home + "/users/", "userId"));
        assertEquals(
                endUser,
                onlyItem(client.get(home + "/end-users?email=" + emailFilter), home + "/end-users/", "endUserId"));
        assertEquals(
                endUser,
                onlyItem(client.get(home + "/end-users?name=maria " + emailFilter), home + "/end-users/", "endUserId"));
        assertTrue(platform.get("/clients?clientName=outra imobiliária").expect(200).items().stream()
                .allMatch(item -> "Outra Imobiliária".equals(((JsonObject) item).getString("clientName"))));
    }

    private static String onlyItem(Answer page, String path, String id) {
        assertEquals(1, page.expect(200).items().size());
        return path + page.items().getJsonObject(0).getLong(id);
    }

    @Test
    void returnsTheFirstResponseForARepeatedKey() {
        String key = newKey();
        Answer first = client.post(home + "/users", broker("Ana"), KEY, key).expect(201);
        Answer repeated = client.post(home + "/users", broker("Ana"), KEY, key);

        assertEquals(first.status(), repeated.status());
        assertEquals(first.body(), repeated.body());
        assertEquals(first.header("location"), repeated.header("location"));
        assertEquals(first.header("etag"), repeated.header("etag"));
        assertEquals(first.header("content-type"), repeated.header("content-type"));
        assertEquals(1L, usersNamed("Ana"));
    }

    @Test
    void createsOneUserForTwentySimultaneousRequestsWithOneKey() {
        String key = newKey();
        List<CompletableFuture<Answer>> requests = Stream.generate(() ->
                        client.sendAsync("POST", home + "/users", broker("Bia").encode(), KEY, key))
                .limit(20)
                .toList();
        List<Answer> answers = requests.stream().map(CompletableFuture::join).toList();

        answers.forEach(answer -> answer.expect(201));
        assertEquals(1, answers.stream().map(Answer::body).distinct().count());
        assertEquals(
                1,
                answers.stream()
                        .map(answer -> answer.header("location"))
                        .distinct()
                        .count());
        assertEquals(1L, usersNamed("Bia"));
    }

    @Test
    void createsOneUserPerKeyAndOneWithoutAKey() {
        client.post(home + "/users", broker("Caio"), KEY, newKey()).expect(201);
        client.post(home + "/users", broker("Caio"), KEY, newKey()).expect(201);
        client.post(home + "/users", broker("Caio")).expect(201);

        assertEquals(3L, usersNamed("Caio"));
    }

    @Test
    void rejectsAKeyThatWasUsedForAnotherBodyOrPath() {
        String key = newKey();
        client.post(home + "/users", broker("Davi"), KEY, key).expect(201);

        client.post(home + "/users", broker("Davi Luís"), KEY, key).expectProblem(422, "idempotency-mismatch");
        client.post(home + "/end-users", new JsonObject().put("name", "Davi"), KEY, key)
                .expectProblem(422, "idempotency-mismatch");
        client.withInvalidRequest()
                .post(home + "/users", broker("Davi"), KEY, "x".repeat(256))
                .expectProblem(400, "invalid-request");
        assertEquals(0L, usersNamed("Davi Luís"));
    }

    @Test
    void ignoresWhiteSpaceAndFieldOrderOfARepeatedBody() {
        String key = newKey();
        Answer first = client.send(
                        "POST", home + "/users", "{\"userName\":\"Eva\",\"userRole\":\"Corretor\"}", KEY, key)
                .expect(201);
        Answer repeated = client.send(
                "POST", home + "/users", "{ \"userRole\": \"Corretor\",\n \"userName\": \"Eva\" }", KEY, key);

        assertEquals(first.body(), repeated.body());
        assertEquals(1L, usersNamed("Eva"));
    }

    @Test
    void storesNoKeyForARejectedRequest() {
        String key = newKey();
        JsonObject withTakenEmail = broker("Fábio").put("email", "unico@example.com");
        client.post(home + "/users", withTakenEmail).expect(201);

        client.post(home + "/users", withTakenEmail, KEY, key).expectProblem(409, "conflict");

        client.post(home + "/users", broker("Fábio Livre"), KEY, key).expect(201);
    }

    @Test
    void returnsASecretToARepeatedRequestAndStoresItSealed() {
        String key = newKey();
        Answer first = client.post(home + "/api-keys", named("segunda").put("role", "Administrador"), KEY, key)
                .expect(201);
        Answer repeated = client.post(home + "/api-keys", named("segunda").put("role", "Administrador"), KEY, key)
                .expect(201);

        assertEquals("", first.header("idempotent-replayed"));
        assertEquals("true", repeated.header("idempotent-replayed"));
        String secret = first.json().getString("key");
        assertEquals(secret, repeated.json().getString("key"));
        comuta.api(secret).get(home).expect(200);
        assertEquals(
                0L,
                comuta.value(
                        "select count(*) from IdempotencyKeys where position(? in IdempotencyKeys::text) > 0", secret));
        assertTrue((Long) comuta.value("select count(*) from IdempotencyKeys where Answer like 'v2:%'") > 0);
        assertEquals(0L, comuta.value("select count(*) from IdempotencyKeys where Status is null"));
    }

    @Test
    void separatesTheKeysOfTwoClients() {
        String key = newKey();
        Answer ofClient = client.post(home + "/users", broker("Gil"), KEY, key).expect(201);
        String otherHome = platform.post("/clients", new JsonObject().put("clientName", "Terceira"), KEY, key)
                .expect(201)
                .location();
        Answer ofOtherClient =
                platform.post(otherHome + "/users", broker("Gil"), KEY, key).expect(201);

        assertNotEquals(ofClient.location(), ofOtherClient.location());
    }

    @Test
    void removesAKeyAfterADay() {
        String key = newKey();
        client.post(home + "/users", broker("Hugo"), KEY, key).expect(201);
        await().atMost(Comuta.TIMEOUT).until(() -> pendingRetentionTasks() == 1);
        comuta.sandbox()
                .postgres()
                .query(
                        "update IdempotencyKeys set CreatedAt = CreatedAt - interval '25 hours' where Target like ?",
                        "POST " + home + "/users");
        comuta.sandbox()
                .postgres()
                .query("update BackgroundTasks set NotBefore = now(), DueAt = now() where TaskType = 'Retenção' "
                        + "and Status = 'Pendente'");

        await().atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(
                        0L,
                        comuta.value(
                                "select count(*) from IdempotencyKeys where CreatedAt < now() - interval '24 hours'")));
        client.post(home + "/users", broker("Hugo"), KEY, key).expect(201);
        assertEquals(2L, usersNamed("Hugo"));
    }

    @Test
    void hidesOtherClientsFromCallersWithoutPermission() {
        comuta.anonymous().get(home).expectProblem(401, "unauthenticated");
        comuta.api("wrong").get(home).expectProblem(401, "unauthenticated");
        client.post("/clients", new JsonObject().put("clientName", "X")).expectProblem(403, "forbidden");
        client.get("/alerts").expectProblem(403, "forbidden");

        String otherClient = "/clients/" + comuta.registered().clientId();
        assertSameNotFound(otherClient, "/clients/999999999");
        assertSameNotFound(otherClient + "/sessions/1/messages", "/clients/999999999/sessions/1/messages");
        assertSameNotFound(otherClient + "/users/" + comuta.registered().userId(), otherClient + "/users/999999999");
        assertSameNotFound(home + "/users/" + comuta.registered().userId(), home + "/users/999999999");
    }

    @Test
    void reportsTheProblemOfAnInvalidRequest() {
        String path = client.post(home + "/users", broker("Íris")).expect(201).location();

        Answer invalid = client.post(home + "/users", broker("Jô").put("phoneNumber", "123"))
                .expectProblem(400, "invalid-request");
        assertEquals(
                "phoneNumber",
                invalid.json().getJsonArray("violations").getJsonObject(0).getString("field"));
        assertFalse(invalid.body().contains("dev.comuta.people"), invalid.body());
        client.get(home + "/users/999999999").expectProblem(404, "not-found");
        client.undocumented().get(home + "/nothing").expectProblem(404, "not-found");
        client.patch(path, new JsonObject().put("userName", "I"), "if-match", "\"7\"")
                .expectProblem(412, "stale");
        Api unchecked = client.withInvalidRequest();
        unchecked.post(home + "/users", broker("Jô").put("cpf", "1")).expectProblem(400, "invalid-request");
        unchecked.get(path, "accept", "text/csv").expectProblem(406, "not-acceptable");
        unchecked.send("POST", home + "/users", "x".repeat((1 << 20) + 1)).expectProblem(413, "too-large");
        unchecked
                .send("POST", home + "/users", "a=b", "content-type", "text/plain")
                .expectProblem(415, "unsupported-media-type");
    }

    @Test
    void rejectsASecondChannelWithANumber() {
        JsonObject channel = new JsonObject().put("channelType", "VoiceCall").put("channelIdentifier", "+551133334444");
        assertEquals(
                "Pendente",
                client.get(client.post(home + "/channels", channel).expect(201).location())
                        .json()
                        .getString("status"));

        client.post(home + "/channels", channel).expectProblem(409, "conflict");
    }

    @Test
    void rejectsARenameWithAnOutdatedETag() {
        String path = client.post(home + "/api-keys", named("antes").put("role", "Administrador"))
                .expect(201)
                .location();
        String tag = client.get(path).expect(200).header("etag");

        client.send("PATCH", path, named("depois").encode(), "if-match", tag).expect(200);

        client.send("PATCH", path, named("tarde").encode(), "if-match", tag).expectProblem(412, "stale");
        assertEquals("depois", client.get(path).json().getString("name"));
    }

    private static void assertSameNotFound(String path, String other) {
        JsonObject first = client.get(path).expectProblem(404, "not-found").json();
        JsonObject second = client.get(other).expectProblem(404, "not-found").json();
        Stream.of(first, second).forEach(problem -> {
            problem.remove("instance");
            problem.remove("traceId");
        });
        assertEquals(first, second);
    }

    private static long usersNamed(String name) {
        return (Long) comuta.value(
                "select count(*) from ClientUsers where UserName = ? and ClientID = ?",
                name,
                Long.parseLong(home.substring(home.lastIndexOf('/') + 1)));
    }

    private static long pendingRetentionTasks() {
        return (Long) comuta.value(
                "select count(*) from BackgroundTasks where TaskType = 'Retenção' and Status = 'Pendente'");
    }

    private static JsonObject broker(String name) {
        return new JsonObject().put("userName", name).put("userRole", "Corretor");
    }

    @Test
    void rejectsUnknownQueryParametersAndValues() {
        Api unchecked = client.withInvalidRequest();

        String unknown = unchecked
                .get(home + "/channels?statuss=Ativo")
                .expectProblem(400, "invalid-request")
                .body();
        assertTrue(unknown.contains("statuss: is not a query parameter of this operation; it has: after, "), unknown);
        String value = unchecked
                .get(home + "/channels?status=Ligado")
                .expectProblem(400, "invalid-request")
                .body();
        assertTrue(value.contains("status: must be one of Ativo, Inativo, Pendente"), value);
        unchecked.get(home + "?x=1").expectProblem(400, "invalid-request");
        client.get(home + "/channels?status=Ativo").expect(200);
    }

    @Test
    void rejectsUnknownOrdersAndTimesOfAListOfSessions() {
        Api unchecked = client.withInvalidRequest();
        String sessions = home + "/sessions";

        String order = unchecked
                .get(sessions + "?order=latest")
                .expectProblem(400, "invalid-request")
                .body();
        assertTrue(order.contains("order: must be one of lastMessage, newest, oldest"), order);
        unchecked.get(sessions + "?order=lastMessage").expectProblem(400, "invalid-request");
        unchecked.get(sessions + "?createdAfter=ontem").expectProblem(400, "invalid-request");
        unchecked.get(sessions + "?updatedAfter=2026-01-31").expectProblem(400, "invalid-request");
        unchecked.get(sessions + "?order=oldest&after=NDI").expectProblem(400, "invalid-request");
        client.get(sessions + "?open=true&order=lastMessage&createdAfter=2026-01-31T12:00:00Z")
                .expect(200);
        client.get(sessions + "?order=oldest&updatedAfter=2026-01-31T12:00:00Z").expect(200);
    }

    private static JsonObject named(String name) {
        return new JsonObject().put("name", name);
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }
}
