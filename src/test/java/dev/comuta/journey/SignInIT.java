package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Internal users sign in with a link in a mail, and get a key. */
class SignInIT {

    private static final Pattern TOKEN = Pattern.compile("#([A-Za-z0-9_-]{43})\\s");

    private static Comuta comuta;
    private static Company company;
    private static Api visitor;

    @BeforeAll
    static void createACompany() {
        comuta = Comuta.shared();
        company = Company.create(comuta, "Portaria-2b9e");
        visitor = comuta.anonymous();
    }

    @Test
    void linkSignsABrokerInOnce() {
        long user = addUser("ana@portaria.example");
        requestLink("Ana@Portaria.example").expect(202);
        String token = awaitTokens("ana@portaria.example", 1).getFirst();
        assertEquals(
                List.of(comuta.server().baseUrl() + "/sign-in#" + token),
                comuta.sandbox().mailbox().mails().stream()
                        .filter(mail -> mail.to().contains("ana@portaria.example"))
                        .flatMap(mail -> mail.body().lines().filter(line -> line.startsWith("http")))
                        .toList());
        assertTrue(visitor.undocumented().get("/sign-in").expect(200).body().contains("pages/sign-in.js"));

        JsonObject signedIn = exchange(token).expect(201).json();
        assertEquals(user, signedIn.getLong("userId"));
        assertTrue(Instant.parse(signedIn.getString("expiresAt"))
                .isBefore(Instant.now().plus(Duration.ofHours(12).plusMinutes(1))));
        Api ana = company.as(signedIn);
        assertEquals(
                0, ana.get(company.home() + "/sessions").expect(200).items().size());
        ana.get(company.home() + "/alerts").expectProblem(403, "forbidden");

        exchange(token).expectProblem(401, "unauthenticated");
    }

    @Test
    void databaseDoesNotContainTheToken() {
        addUser("bia@portaria.example");
        requestLink("bia@portaria.example").expect(202);
        String token = awaitTokens("bia@portaria.example", 1).getFirst();

        for (String table : List.of("SignInLinks", "BackgroundTasks", "Events", "ApiKeys", "IdempotencyKeys")) {
            assertEquals(
                    0L,
                    comuta.value("select count(*) from " + table + " t where strpos(t::text, ?) > 0", token),
                    table);
        }
    }

    @Test
    void respondsEquallyToAnUnknownAddress() {
        addUser("caio@portaria.example");
        Answer known = requestLink("caio@portaria.example");
        Answer unknown = requestLink("ninguem@portaria.example");

        assertEquals(202, known.status());
        assertEquals(known.status(), unknown.status());
        assertEquals(known.body(), unknown.body());
        awaitTokens("caio@portaria.example", 1);
        assertEquals(0, tokens("ninguem@portaria.example").size());
    }

    @Test
    void mailsAtMostThreeLinksIn15Minutes() {
        addUser("davi@portaria.example");
        for (int i = 0; i < 5; i++) {
            requestLink("davi@portaria.example").expect(202);
        }

        comuta.awaitNoOpenTask();
        List<String> tokens = awaitTokens("davi@portaria.example", 3);
        assertEquals(3, tokens.size());
        assertEquals(3, tokens.stream().distinct().count());
    }

    @Test
    void linkExpiresAfter15MinutesAndTheKeyEndsWithItsUser() {
        long eva = addUser("eva@portaria.example");
        requestLink("eva@portaria.example").expect(202);
        String expired = awaitTokens("eva@portaria.example", 1).getFirst();
        comuta.value(
                "update SignInLinks set CreatedAt = now() - interval '15 minutes' where UserID = ? returning LinkID",
                eva);
        exchange(expired).expectProblem(401, "unauthenticated");

        requestLink("eva@portaria.example").expect(202);
        String valid = awaitTokens("eva@portaria.example", 2).getLast();
        assertNotEquals(expired, valid);
        Api api = company.as(exchange(valid).expect(201).json());
        api.get(company.home()).expect(200);
        comuta.value("update ClientUsers set Status = 'Inativo' where UserID = ? returning UserID", eva);
        await().atMost(Comuta.TIMEOUT).until(() -> api.get(company.home()).status() == 401);
    }

    @Test
    void rejectsAnInvalidAddressAndAnUnknownToken() {
        visitor.post("/sign-in/links", new JsonObject().put("email", "x")).expectProblem(400, "invalid-request");
        exchange("A".repeat(43)).expectProblem(401, "unauthenticated");
    }

    private static long addUser(String email) {
        long user = company.addBroker(email);
        comuta.value("update ClientUsers set Email = ? where UserID = ? returning UserID", email, user);
        return user;
    }

    private static Answer requestLink(String email) {
        return visitor.post("/sign-in/links", new JsonObject().put("email", email));
    }

    private static Answer exchange(String token) {
        return visitor.post("/sign-in/keys", new JsonObject().put("token", token));
    }

    private static List<String> awaitTokens(String email, int count) {
        await("mails to " + email)
                .atMost(Comuta.TIMEOUT)
                .until(() -> tokens(email).size() >= count);
        return tokens(email);
    }

    private static List<String> tokens(String email) {
        return comuta.sandbox().mailbox().mails().stream()
                .filter(mail -> mail.to().contains(email))
                .flatMap(mail -> TOKEN.matcher(mail.body()).results())
                .map((MatchResult token) -> token.group(1))
                .toList();
    }
}
