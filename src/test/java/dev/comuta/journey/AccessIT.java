package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.comuta.journey.Api.Answer;
import dev.comuta.journey.Operations.Operation;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every operation, asked by whoever has no business there: nothing is told, nothing is changed. */
class AccessIT {

    private static final long NOTHING = 999_999_999L;
    private static final Set<Integer> TURNED_AWAY = Set.of(401, 403, 404);

    private static Comuta comuta;
    private static Company victim;
    private static Company stranger;
    private static Api strangersKey;
    private static Api readersKey;
    private static Api webhooksKey;
    private static Api colleague;
    private static Api expired;
    private static Api revoked;
    private static Map<String, Object> before;

    @BeforeAll
    static void registerWhoIsAskedAndWhoAsks() {
        comuta = Comuta.shared();
        victim = Company.found(comuta, "Confidencial-7f3a");
        stranger = Company.found(comuta, "Estranha-19c2");
        strangersKey = stranger.administrator();
        readersKey = victim.role("Leitura");
        webhooksKey = victim.role("Webhook");
        colleague = victim.user(victim.hire("Colega"));
        JsonObject dead = victim.key(new JsonObject());
        comuta.value(
                "update ApiKeys set ExpiresAt = now() - interval '1 second' where ApiKeyID = ? returning ApiKeyID",
                dead.getLong("apiKeyId"));
        expired = victim.as(dead);
        JsonObject taken = victim.key(new JsonObject());
        comuta.value(
                "update ApiKeys set RevokedAt = now() where ApiKeyID = ? returning ApiKeyID",
                taken.getLong("apiKeyId"));
        revoked = victim.as(taken);
        before = rows();
    }

    @TestFactory
    Stream<DynamicTest> tellsAnotherClientNothing() {
        return each(operation -> {
            Answer asked = ask(strangersKey, operation, victim.ids());
            assertUntouched(asked);
            if (!isCatalogue(operation)) {
                assertLooksLikeNothing(asked, ask(strangersKey, operation, nothing()));
            }
        });
    }

    /** Ids of another client's things, asked for at a client of one's own. */
    @TestFactory
    Stream<DynamicTest> findsNothingOfAnotherClientAtOnesOwn() {
        return each(operation -> {
            if (operation.path().startsWith("/clients/") && operation.namesOne()) {
                Answer asked = ask(strangersKey, operation, atStranger(operation, victim.ids()));
                assertLooksLikeNothing(asked, ask(strangersKey, operation, atStranger(operation, nothing())));
                assertUntouched(asked);
            }
        });
    }

    private static Map<String, Object> atStranger(Operation operation, Map<String, Object> things) {
        Map<String, Object> ids = new HashMap<>(things);
        ids.put("clientId", stranger.id("clientId"));
        if (operation.path().contains("{toolId}")) {
            ids.put("assistantId", stranger.id("assistantId"));
        }
        return ids;
    }

    private static void assertLooksLikeNothing(Answer asked, Answer nothing) {
        assertEquals(told(nothing), told(asked));
        assertTrue(TURNED_AWAY.contains(asked.status()), asked.body());
    }

    @TestFactory
    Stream<DynamicTest> tellsABrokerNothingOfAColleague() {
        return each(operation -> {
            Answer asked = ask(colleague, operation, victim.ids());
            switch (operation.access().get("broker")) {
                case "no" -> asked.expectProblem(403, "forbidden");
                case "own rows" -> {
                    if (operation.namesOne()) {
                        assertEquals(404, asked.status(), asked.body());
                        assertEquals(told(ask(colleague, operation, atVictim(nothing()))), told(asked));
                    } else if (operation.isWrite()) {
                        asked.expectProblem(403, "forbidden");
                    }
                    assertUntouched(asked);
                }
                default -> assertFalse(operation.isWrite(), "a broker may write " + operation);
            }
            assertEquals(before, rows());
        });
    }

    @TestFactory
    Stream<DynamicTest> letsAReaderWriteNothing() {
        return each(operation -> {
            boolean refused =
                    operation.isWrite() || "no".equals(operation.access().get("read-only"));
            if (refused || !operation.streams()) {
                Answer asked = ask(readersKey, operation, victim.ids());
                assertEquals(refused ? 403 : 200, asked.status(), asked.body());
                assertEquals(before, rows());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> letsAWebhooksKeyDoNothingElse() {
        return each(operation -> {
            if ("no".equals(operation.access().get("webhook"))) {
                Answer asked = ask(webhooksKey, operation, victim.ids()).expectProblem(403, "forbidden");
                assertUntouched(asked);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> tellsNothingWithoutAKeyInForce() {
        Api nobody = comuta.stranger();
        return each(operation -> {
            for (Api caller : List.of(nobody, expired, revoked)) {
                assertUntouched(ask(caller, operation, victim.ids()).expectProblem(401, "unauthenticated"));
            }
        });
    }

    /** The same questions by those who may: so what was refused above was not refused for another reason. */
    @TestFactory
    Stream<DynamicTest> admitsWhoMay() {
        Company open = Company.found(comuta, "Aberta-55d0");
        Map<String, Api> callers = Map.of(
                "administrator", open.administrator(),
                "broker", open.user(open.id("userId")),
                "read-only", open.role("Leitura"),
                "webhook", open.role("Webhook"));
        return Operations.all().stream()
                .filter(operation -> !operation.isOpen() && !operation.streams())
                .filter(operation -> !"DELETE".equals(operation.method()) && !"eraseEndUser".equals(operation.id()))
                .flatMap(operation -> callers.entrySet().stream()
                        .filter(caller -> !"no".equals(operation.access().get(caller.getKey())))
                        .map(caller -> dynamicTest(operation + " by " + caller.getKey(), () -> {
                            String body = operation.isWrite() ? "{}" : null;
                            Answer answer = caller.getValue()
                                    .withInvalidRequest()
                                    .send(operation.method(), operation.at(open.ids()), body);
                            assertFalse(TURNED_AWAY.contains(answer.status()), answer.body());
                        })));
    }

    /** Only administrators erase: a broker's requests never come to that table. */
    @Test
    void keepsBrokersToTheirOwnInEveryTableOfSessionsAndEndUsers() {
        assertEquals(List.of("erasures"), comuta.column("""
                select distinct c.relname from pg_class c
                join pg_attribute a on a.attrelid = c.oid and a.attname in ('sessionid', 'enduserid')
                where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not a.attisdropped
                  and not exists (
                      select from pg_policy p
                      where p.polrelid = c.oid and p.polname = 'own_rows' and not p.polpermissive)"""));
    }

    private static Stream<DynamicTest> each(Consumer<Operation> check) {
        return Operations.all().stream()
                .filter(operation -> !operation.isOpen())
                .map(operation -> dynamicTest(operation.toString(), () -> check.accept(operation)));
    }

    private static Answer ask(Api caller, Operation operation, Map<String, Object> ids) {
        String body = operation.body() == null ? null : body(operation);
        return caller.send(operation.method(), operation.at(ids), body);
    }

    /** What would be done: the description's own example, of the victim's broker. */
    private static String body(Operation operation) {
        JsonObject body = new JsonObject(operation.body().toString());
        return (body.containsKey("userId") || "createEndUser".equals(operation.id())
                        ? body.put("userId", victim.id("userId"))
                        : body)
                .encode();
    }

    private static Map<String, Object> nothing() {
        return victim.ids().keySet().stream().collect(Collectors.toMap(name -> name, name -> NOTHING));
    }

    private static Map<String, Object> atVictim(Map<String, Object> things) {
        Map<String, Object> ids = new HashMap<>(things);
        ids.put("clientId", victim.id("clientId"));
        return ids;
    }

    /** The catalogue of assistants is the platform's, and open to all its clients. */
    private static boolean isCatalogue(Operation operation) {
        return operation.path().startsWith("/assistants") && !operation.isWrite();
    }

    /** The answer without what only says which request it was. */
    private static String told(Answer answer) {
        if (answer.body().isEmpty() || answer.status() < 400) {
            return Integer.toString(answer.status());
        }
        JsonObject body = answer.json();
        body.remove("instance");
        body.remove("traceId");
        return answer.status() + " " + body.encode();
    }

    private static void assertUntouched(Answer answer) {
        assertFalse(answer.body().contains(victim.mark()), answer.body());
        assertEquals(before, rows());
    }

    /** Table -> hash of the victim's rows, and of the platform's own. When a key was used is not anybody's doing. */
    private static Map<String, Object> rows() {
        return comuta.sandbox().postgres().query(statement()).stream()
                .collect(Collectors.toMap(row -> (String) row.get("name"), row -> row.get("hash")));
    }

    private static String statement() {
        String tenants = comuta.column("""
                        select table_name from information_schema.columns
                        where table_schema = 'public' and column_name = 'clientid' order by 1""").stream()
                .map(table -> hash((String) table, "t.ClientID = " + victim.id("clientId") + unlessReading(table)))
                .collect(Collectors.joining(" union all "));
        return tenants + " union all " + hash("assistants", "t.AssistantID = " + victim.id("assistantId"))
                + " union all " + hash("apikeys", "t.ClientID is null").replace("'apikeys'", "'platform keys'");
    }

    /** That somebody read is entered for the one who reads. */
    private static String unlessReading(Object table) {
        return "auditentries".equals(table) ? " and t.Chained" : "";
    }

    private static String hash(String table, String condition) {
        return ("select '%s' as name, md5(coalesce(string_agg(r, '|' order by r), '')) as hash from ("
                        + "select (to_jsonb(t) - 'lastusedat')::text as r from %s t where %s) rows")
                .formatted(table, table, condition);
    }
}
