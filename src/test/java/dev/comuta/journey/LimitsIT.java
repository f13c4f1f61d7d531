package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limits of docs/limits.md. */
class LimitsIT {

    private static Comuta comuta;
    private static Api platform;

    private String home;
    private Api client;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        platform = comuta.platform();
    }

    @BeforeEach
    void registerAClient() {
        home = platform.post("/clients", new JsonObject().put("clientName", "Com limites"))
                .expect(201)
                .location();
        client = key("primeira");
    }

    @Test
    void rejectsCreationBeyondAQuotaAndNamesTheQuota() {
        setLimits(Map.of("users", 2, "channels", 0, "apiKeys", 1, "endUsers", 1));
        addUser().expect(201);
        addUser().expect(201);

        assertLimited("users", addUser());
        assertLimited("channels", client.post(home + "/channels", channel()));
        assertLimited(
                "apiKeys",
                client.post(
                        home + "/api-keys",
                        new JsonObject().put("name", "segunda").put("role", "Administrador")));
        client.post(home + "/end-users", new JsonObject().put("name", "Uma")).expect(201);
        assertLimited("endUsers", client.post(home + "/end-users", new JsonObject().put("name", "Outra")));
        assertLimited("users", platform.post(home + "/users", user()));
        assertUsed("users", 2, 2);
        assertUsed("channels", 0, 0);
    }

    @Test
    void acceptsCreationAfterARemovalOrWithAHigherLimit() {
        setLimits(Map.of("users", 1));
        String first = addUser().expect(201).location();
        assertLimited("users", addUser());

        client.send("DELETE", first, null).expect(204);
        addUser().expect(201);
        setLimits(Map.of("users", 2));
        addUser().expect(201);
        assertUsed("users", 2, 2);
    }

    @Test
    void countsReactivatedRows() {
        setLimits(Map.of("users", 1, "channels", 1));
        String user = addUser().expect(201).location();
        String channel = client.post(home + "/channels", channel()).expect(201).location();
        Stream.of(user, channel)
                .forEach(first -> client.send("DELETE", first, null).expect(204));
        addUser().expect(201);
        client.post(home + "/channels", channel()).expect(201);
        String reactivation = "{\"status\": \"Ativo\"}";

        assertLimited("users", client.send("PATCH", user, reactivation));
        assertLimited("channels", client.send("PATCH", channel, reactivation));
        assertLimited("channels", platform.send("PATCH", channel, reactivation));
        client.send("PATCH", user, "{\"userName\": \"Ainda fora\"}").expect(200);
        assertUsed("users", 1, 1);
        assertUsed("channels", 1, 1);
    }

    @Test
    void simultaneousRequestsDoNotExceedAQuota() {
        setLimits(Map.of("users", 5));
        List<CompletableFuture<Answer>> requests = Stream.generate(
                        () -> client.sendAsync("POST", home + "/users", user().encode()))
                .limit(20)
                .toList();
        List<Integer> statuses = requests.stream()
                .map(CompletableFuture::join)
                .map(Answer::status)
                .toList();

        assertEquals(5, statuses.stream().filter(status -> status == 201).count(), statuses.toString());
        assertEquals(15, statuses.stream().filter(status -> status == 429).count(), statuses.toString());
    }

    @Test
    void limitsRequestsOfAKeyAndOfAClient() {
        Api second = key("segunda");
        setLimits(Map.of("requestsPerMinuteAndKey", 10, "requestsPerMinute", 15));

        List<Answer> first = getHome(client, 20);
        Answer rejected = first.getLast();
        assertEquals(
                "\"requestsPerMinuteAndKey\";q=10;w=60, \"requestsPerMinute\";q=15;w=60",
                first.getFirst().header("ratelimit-policy"));
        assertTrue(
                first.getFirst()
                        .header("ratelimit")
                        .matches("\"requestsPerMinuteAndKey\";r=9;t=\\d+, \"requestsPerMinute\";r=14;t=\\d+"),
                first.getFirst().header("ratelimit"));
        assertTrue(
                rejected.header("ratelimit").matches("\"requestsPerMinuteAndKey\";r=0;t=\\d+"),
                rejected.header("ratelimit"));
        assertEquals("", platform.get(home).expect(200).header("ratelimit"));
        assertLimited("requestsPerMinuteAndKey", rejected);
        assertTrue(Integer.parseInt(rejected.header("retry-after")) <= 60, rejected.header("retry-after"));
        assertEquals(200, second.get(home).status(), "another key of the client");
        assertLimited("requestsPerMinute", getHome(second, 9).getLast());
        platform.get(home).expect(200);
        comuta.client().get("/clients/" + comuta.registered().clientId()).expect(200);
    }

    @Test
    void acceptsWebhooksOfAClientThatHasReachedItsLimits() {
        String own = "/clients/" + comuta.registered().clientId();
        set(own, Map.of("requestsPerMinute", 0, "messagesPerDay", 0, "endUsers", 0));
        try {
            String number = Comuta.newNumber();
            comuta.send(comuta.delivery(number, "Quais imóveis estão disponíveis no bairro X?"))
                    .expect(200);
            assertEquals(1, comuta.awaitAnswers(number, 1).size());
            assertLimited("requestsPerMinute", comuta.client().get(own));
        } finally {
            set(own, Map.of());
        }
    }

    @Test
    void limitsMessagesPerDay() {
        String own = "/clients/" + comuta.registered().clientId();
        Object before = used(platform, own, "messagesPerDay");
        comuta.send(comuta.delivery(Comuta.newNumber(), "Oi"));
        comuta.awaitNoOpenTask();
        long session = ((Number) comuta.value("select max(SessionID) from Sessions")).longValue();
        String messages = own + "/sessions/" + session + "/messages";
        set(own, Map.of("messagesPerDay", ((Number) before).intValue() + 2));
        try {
            JsonObject text = Conversation.text("Bom dia");
            platform.post(messages, text).expect(201);
            platform.post(messages, text).expect(201);
            Answer rejected = platform.post(messages, text);

            assertLimited("messagesPerDay", rejected);
            assertEquals(
                    2L,
                    comuta.value(
                            "select count(*) from Messages where SessionID = ? and SenderType = 'Usuário'", session));
            assertEquals(
                    ((Number) before).longValue() + 2, ((Number) used(platform, own, "messagesPerDay")).longValue());
            assertNotNull(limit(platform, own, "messagesPerDay").getString("resetAt"));
        } finally {
            set(own, Map.of());
        }
    }

    @Test
    void onlyThePlatformChangesLimits() {
        String body = "{\"limits\":{\"users\":1000}}";

        client.send("PUT", home + "/limits", body).expectProblem(403, "forbidden");
        client.send("PUT", home + "/allowed-hosts", "{\"hosts\":[]}").expectProblem(403, "forbidden");
        platform.send("PUT", home + "/limits", "{\"limits\":{\"nada\":1}}").expectProblem(400, "invalid-request");
        platform.send("PUT", home + "/limits", "{\"limits\":{\"users\":-1}}").expectProblem(400, "invalid-request");
        platform.withInvalidRequest()
                .send("PUT", home + "/limits", "{\"limits\":{\"users\":null}}")
                .expectProblem(400, "invalid-request");
        assertEquals(
                12,
                client.get(home + "/limits")
                        .expect(200)
                        .json()
                        .getJsonArray("limits")
                        .size());
    }

    @Test
    void rejectsExpensiveJson() {
        Api unchecked = client.withInvalidRequest();
        String deep = "{\"userName\":\"x\",\"userRole\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        unchecked.send("POST", home + "/users", deep).expectProblem(400, "invalid-request");
        unchecked
                .send("POST", home + "/users", "{\"userName\":" + "9".repeat(5_000) + "}")
                .expectProblem(400, "invalid-request");
        unchecked
                .send("POST", home + "/end-users", "{\"additionalInfo\":{\"a\":" + "9".repeat(5_000) + "}}")
                .expectProblem(400, "invalid-request");
        String query = IntStream.range(0, 500)
                .mapToObj(i -> "a" + i + "=1")
                .reduce((a, b) -> a + "&" + b)
                .orElseThrow();
        assertTrue(unchecked.get(home + "/users?" + query).status() < 500);
    }

    @Test
    void rejectsNumbersThatAreStoredWithTooManyDigits() {
        for (String number : List.of("1e300", "1e400", "-1e-250")) {
            assertRejected(
                    "additionalInfo.a[0]",
                    "POST",
                    home + "/end-users",
                    "{\"additionalInfo\":{\"a\":[" + number + "]}}");
        }
    }

    @Test
    void exportsAPersonWithTheDeepestFields() {
        String deepest = "{\"a\":".repeat(99) + "1" + "}".repeat(99);
        String person = client.withInvalidRequest()
                .send("POST", home + "/end-users", "{\"name\":\"Ana\",\"additionalInfo\":" + deepest + "}")
                .expect(201)
                .location();

        client.get(person).expect(200);
        platform.get(person + "/export").expect(200);
        client.get(home + "/end-users").expect(200);
    }

    @Test
    void rejectsALimitThatCannotBeCounted() {
        assertRejected(
                platform,
                "limits.requestsPerMinute",
                "PUT",
                home + "/limits",
                "{\"limits\":{\"requestsPerMinute\":1000000000000}}");
        setLimits(Map.of("requestsPerMinute", 1_000_000_000));
        client.get(home).expect(200);
    }

    private void assertRejected(String field, String method, String path, String body) {
        assertRejected(client, field, method, path, body);
    }

    private static void assertRejected(Api caller, String field, String method, String path, String body) {
        Answer rejected = caller.withInvalidRequest().send(method, path, body).expectProblem(400, "invalid-request");
        assertEquals(
                field,
                rejected.json().getJsonArray("violations").getJsonObject(0).getString("field"),
                rejected::body);
    }

    private Api key(String name) {
        String key = platform.post(
                        home + "/api-keys", new JsonObject().put("name", name).put("role", "Administrador"))
                .expect(201)
                .json()
                .getString("key");
        return comuta.api(key);
    }

    private List<Answer> getHome(Api caller, int times) {
        return Stream.generate(() -> caller.get(home)).limit(times).toList();
    }

    private Answer addUser() {
        return client.post(home + "/users", user());
    }

    private static JsonObject user() {
        return new JsonObject().put("userName", "João").put("userRole", "Corretor");
    }

    private static JsonObject channel() {
        return new JsonObject().put("channelType", "WhatsApp").put("channelIdentifier", Comuta.newNumber());
    }

    private void setLimits(Map<String, Integer> limits) {
        set(home, limits);
    }

    private static void set(String client, Map<String, Integer> limits) {
        JsonObject newLimits = new JsonObject();
        limits.forEach(newLimits::put);
        platform.send(
                        "PUT",
                        client + "/limits",
                        new JsonObject().put("limits", newLimits).encode())
                .expect(200);
    }

    private void assertUsed(String name, long limit, long used) {
        JsonObject current = limit(platform, home, name);
        assertEquals(limit, current.getLong("limit"), current.encode());
        assertEquals(used, current.getLong("used"), current.encode());
    }

    private static Object used(Api caller, String client, String name) {
        return limit(caller, client, name).getValue("used");
    }

    private static JsonObject limit(Api caller, String client, String name) {
        return caller.get(client + "/limits").expect(200).json().getJsonArray("limits").stream()
                .map(JsonObject.class::cast)
                .filter(limit -> name.equals(limit.getString("name")))
                .findFirst()
                .orElseThrow();
    }

    private static void assertLimited(String name, Answer answer) {
        answer.expectProblem(429, "limit-reached");
        assertEquals(name, answer.json().getString("limit"));
        assertTrue(answer.header("retry-after").matches("[1-9]\\d*"), answer.header("retry-after"));
    }
}
