package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tags of end users, and two end users who turn out to be one person. */
class EndUserMergeIT {

    private static Comuta comuta;
    private static Api client;
    private static String home;

    private String number;
    private String otherNumber;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        client = comuta.client();
        home = "/clients/" + comuta.registered().clientId();
    }

    @BeforeEach
    void useNewNumbers() {
        number = Comuta.newNumber();
        otherNumber = Comuta.newNumber();
    }

    @Test
    void tagsAreStoredOnceAndSelectEndUsers() {
        String tag = "bairro " + number;
        JsonObject ana = new JsonObject().put("name", "Ana").put("tags", new JsonArray(List.of(tag, "vip", " VIP ")));
        Answer created = client.post(home + "/end-users", ana).expect(201);
        client.post(home + "/end-users", new JsonObject().put("name", "Bia")).expect(201);

        assertEquals(new JsonArray(List.of(tag, "vip")), created.json().getJsonArray("tags"));
        assertEquals(List.of(created.json().getLong("endUserId")), ids("tag=" + tag));
        assertEquals(List.of(), ids("tag=" + number));
        assertEquals(
                List.of(created.json().getLong("endUserId")),
                ids("tag=" + tag.toUpperCase(Locale.ROOT)),
                "ignoring case");

        client.patch(created.location(), new JsonObject().put("name", "Ana Lima"))
                .expect(200);
        assertEquals(List.of(created.json().getLong("endUserId")), ids("tag=" + tag));
        client.patch(created.location(), new JsonObject().putNull("tags")).expect(200);
        assertEquals(List.of(), ids("tag=" + tag));
    }

    @Test
    void tagsHaveLimits() {
        Api invalid = client.withInvalidRequest();
        for (String tag : List.of("", "%20", "a%0Ab", "x".repeat(51))) {
            invalid.get(home + "/end-users?tag=" + tag).expectProblem(400, "invalid-request");
        }
        JsonArray many = tags(21);

        for (JsonArray tags : List.of(many, new JsonArray().add("x".repeat(51)), new JsonArray().add(" "))) {
            invalid.post(
                            home + "/end-users",
                            new JsonObject().put("name", "Caio").put("tags", tags))
                    .expectProblem(400, "invalid-request");
        }
        client.post(home + "/end-users", new JsonObject().put("name", "Caio").put("tags", tags(20)))
                .expect(201);
    }

    @Test
    void aMergeMovesIdentitiesSessionsAndConsents() {
        long merged = write(otherNumber);
        comuta.send(comuta.delivery(otherNumber, "Sair")).expect(200);
        long kept = write(number);
        comuta.awaitNoOpenTask();
        client.patch(path(merged), new JsonObject().put("tags", new JsonArray().add("vip")))
                .expect(200);

        JsonObject view = merge(kept, merged).expect(200).json();

        assertEquals(kept, view.getLong("endUserId"));
        assertEquals(new JsonArray().add("vip"), view.getJsonArray("tags"));
        assertEquals(kept, endUser(otherNumber));
        assertEquals(kept, endUser(number));
        assertEquals(2L, sessions(kept, "true"));
        assertEquals(0L, sessions(merged, "true"));
        assertEquals(1L, sessions(kept, "EndTime is null"));
        assertEquals("Revogado", consent(kept));
        JsonObject other = client.get(path(merged)).expect(200).json();
        assertEquals("Inativo", other.getString("status"));
        assertEquals(kept, other.getLong("mergedInto"));
        assertEquals(
                List.of("mergeEndUsers"),
                comuta.column("select Action from AuditEntries where Target = ?", path(kept) + "/merge"));
    }

    @Test
    void messagesOfBothNumbersShareTheOpenSession() {
        long merged = write(otherNumber);
        long kept = write(number);
        merge(kept, merged).expect(200);

        write(otherNumber);
        write(number);

        assertEquals(2L, sessions(kept, "true"));
        assertEquals(1L, sessions(kept, "EndTime is null"));
    }

    @Test
    void aLaterDecisionRemainsInForceAfterAMerge() {
        long merged = write(otherNumber);
        comuta.send(comuta.delivery(otherNumber, "Sair")).expect(200);
        long kept = write(number);
        JsonObject granted = new JsonObject()
                .put("status", "Concedido")
                .put("channelType", "WhatsApp")
                .put("source", "Telefone");
        client.post(path(kept) + "/consents", granted).expect(201);

        merge(kept, merged).expect(200);

        assertEquals("Concedido", consent(kept));
        client.post(path(merged) + "/consents", granted).expectProblem(409, "conflict");
    }

    @Test
    void bothNumbersRemainWhenAFieldIsChanged() {
        long merged = write(otherNumber);
        long kept = write(number);
        merge(kept, merged).expect(200);

        client.patch(path(kept), new JsonObject().put("name", "Maria")).expect(200);
        assertEquals(kept, endUser(otherNumber));
        String third = Comuta.newNumber();
        client.patch(path(kept), new JsonObject().put("phoneNumber", third)).expect(200);

        assertEquals(kept, endUser(otherNumber));
        assertEquals(kept, endUser(third));
        assertEquals(List.of(), ids("phoneNumber=" + number));
    }

    @Test
    void aRepeatedMergeChangesNothing() {
        long merged = write(otherNumber);
        long kept = write(number);
        Answer first = merge(kept, merged).expect(200);

        assertEquals(first.json(), merge(kept, merged).expect(200).json());
    }

    @Test
    void rejectsAMergeThatCannotBe() {
        long merged = write(otherNumber);
        long kept = write(number);
        long third = write(Comuta.newNumber());
        merge(kept, kept).expectProblem(400, "invalid-request");
        merge(kept, 999_999_999L).expectProblem(404, "not-found");
        merge(kept, merged).expect(200);

        assertTrue(merge(third, merged).expectProblem(409, "conflict").body().contains("was merged into " + kept));
        assertTrue(merge(merged, third).expectProblem(409, "conflict").body().contains("was merged into " + kept));
        client.patch(path(merged), new JsonObject().put("name", "x")).expectProblem(409, "conflict");
        erase(third);
        assertTrue(merge(kept, third).expectProblem(409, "conflict").body().contains("was erased"));
    }

    @Test
    void erasingTheMergedOneReachesEverything() {
        long merged = write(otherNumber);
        client.patch(path(merged), new JsonObject().put("email", "x" + otherNumber.substring(1) + "@example.com"))
                .expect(200);
        long kept = write(number);
        merge(kept, merged).expect(200);
        JsonObject export = client.get(path(merged) + "/export").expect(200).json();
        assertTrue(export.encode().contains("Olá de " + number), export.encode());

        erase(merged);

        for (long person : List.of(kept, merged)) {
            JsonObject left = client.get(path(person)).expect(200).json();
            assertNull(left.getString("email"));
            assertNull(left.getString("phoneNumber"));
            assertEquals(new JsonArray(), left.getJsonArray("tags"));
        }
        for (String text : List.of(number, otherNumber)) {
            assertEquals(
                    0L, comuta.value("select count(*) from Messages where Content like ?", "%" + text + "%"), text);
        }
        assertNotEquals(kept, write(otherNumber));
    }

    private static Answer merge(long kept, long merged) {
        return client.post(path(kept) + "/merge", new JsonObject().put("mergedEndUserId", merged));
    }

    /** Writes a message, and returns the end user to whom it belongs. */
    private static long write(String from) {
        comuta.send(comuta.delivery(from, "Olá de " + from)).expect(200);
        return endUser(from);
    }

    private static long endUser(String from) {
        return ids("phoneNumber=" + from).getFirst();
    }

    private static JsonArray tags(int number) {
        return new JsonArray(
                IntStream.rangeClosed(1, number).mapToObj(i -> "t" + i).toList());
    }

    private static List<Long> ids(String filter) {
        return client.get(home + "/end-users?" + filter).expect(200).items().stream()
                .map(item -> ((JsonObject) item).getLong("endUserId"))
                .toList();
    }

    private static void erase(long person) {
        client.post(path(person) + "/erase", null).expect(202);
        comuta.awaitNoOpenTask();
    }

    private static String path(long endUserId) {
        return home + "/end-users/" + endUserId;
    }

    private static String consent(long person) {
        return client.get(path(person) + "/consents/state?channelType=WhatsApp")
                .expect(200)
                .json()
                .getString("status");
    }

    private static Object sessions(long endUserId, String condition) {
        return comuta.value("select count(*) from Sessions where EndUserID = ? and " + condition, endUserId);
    }
}
