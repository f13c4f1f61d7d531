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

/** Every operation, called without permission: the response discloses nothing, and no row changes. */
class AccessIT {

    private static final long UNKNOWN_ID = 999_999_999L;
    private static final Set<Integer> DENIED = Set.of(401, 403, 404);

    private static Comuta comuta;
    private static Company victim;
    private static Company stranger;
    private static Api otherClient;
    private static Api reader;
    private static Api webhook;
    private static Api colleague;
    private static Api expired;
    private static Api revoked;
    private static String hashes;
    private static Map<String, Object> before;

    @BeforeAll
    static void registerCompaniesAndCallers() {
        comuta = Comuta.shared();
        victim = Company.create(comuta, "Confidencial-7f3a");
        stranger = Company.create(comuta, "Estranha-19c2");
        otherClient = stranger.administrator();
        reader = victim.role("Leitura");
        webhook = victim.role("Webhook");
        colleague = victim.user(victim.addBroker("Colega"));
        JsonObject expiredKey = victim.createKey(new JsonObject());
        comuta.value(
                "update ApiKeys set ExpiresAt = now() - interval '1 second' where ApiKeyID = ? returning ApiKeyID",
                expiredKey.getLong("apiKeyId"));
        expired = victim.as(expiredKey);
        JsonObject revokedKey = victim.createKey(new JsonObject());
        comuta.value(
                "update ApiKeys set RevokedAt = now() where ApiKeyID = ? returning ApiKeyID",
                revokedKey.getLong("apiKeyId"));
        revoked = victim.as(revokedKey);
        hashes = statement();
        before = rows();
    }

    @TestFactory
    Stream<DynamicTest> disclosesNothingToAnotherClient() {
        return each(operation -> {
            Answer answer = call(otherClient, operation, victim.ids());
            assertUntouched(answer);
            if (!isCatalogue(operation)) {
                assertSameAsUnknown(answer, call(otherClient, operation, unknownIds()));
            }
        });
    }

    /** Ids of another client's rows, in paths of the caller's own client. */
    @TestFactory
    Stream<DynamicTest> findsNoRowOfAnotherClientUnderTheOwnClient() {
        return each(operation -> {
            if (operation.path().startsWith("/clients/") && operation.namesResource()) {
                Answer answer = call(otherClient, operation, underStranger(operation, victim.ids()));
                assertSameAsUnknown(answer, call(otherClient, operation, underStranger(operation, unknownIds())));
                assertUntouched(answer);
            }
        });
    }

    private static Map<String, Object> underStranger(Operation operation, Map<String, Object> rowIds) {
        Map<String, Object> ids = new HashMap<>(rowIds);
        ids.put("clientId", stranger.id("clientId"));
        if (operation.path().contains("{toolId}")) {
            ids.put("assistantId", stranger.id("assistantId"));
        }
        return ids;
    }

    private static void assertSameAsUnknown(Answer answer, Answer unknown) {
        assertEquals(visible(unknown), visible(answer));
        assertTrue(DENIED.contains(answer.status()), answer.body());
    }

    /** An upload names nobody's row: it makes one of the broker's own. */
    @TestFactory
    Stream<DynamicTest> disclosesNothingOfAColleagueToABroker() {
        return each(operation -> {
            if (isUpload(operation)) {
                return;
            }
            Answer answer = call(colleague, operation, victim.ids());
            switch (operation.access().get("broker")) {
                case "no" -> answer.expectProblem(403, "forbidden");
                case "own rows" -> {
                    if (namesSomebody(operation)) {
                        answer.expectProblem(400, "invalid-request");
                        assertEquals(visible(call(colleague, operation, strangersOf(victim))), visible(answer));
                    } else if (operation.namesResource()) {
                        assertEquals(404, answer.status(), answer.body());
                        assertEquals(visible(call(colleague, operation, underVictim(unknownIds()))), visible(answer));
                    } else if (operation.isWrite()) {
                        answer.expectProblem(403, "forbidden");
                    }
                    assertUntouched(answer);
                }
                default -> assertFalse(operation.isWrite(), "a broker may write " + operation);
            }
            assertEquals(before, rows());
        });
    }

    @TestFactory
    Stream<DynamicTest> rejectsWritesOfAReadOnlyKey() {
        return each(operation -> {
            boolean rejected =
                    operation.isWrite() || "no".equals(operation.access().get("read-only"));
            if (rejected || !operation.streams()) {
                Answer answer = call(reader, operation, victim.ids());
                assertEquals(rejected ? 403 : 200, answer.status(), answer.body());
                assertEquals(before, rows());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> rejectsOtherOperationsOfAWebhookKey() {
        return each(operation -> {
            if ("no".equals(operation.access().get("webhook"))) {
                Answer answer = call(webhook, operation, victim.ids()).expectProblem(403, "forbidden");
                assertUntouched(answer);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> disclosesNothingWithoutAValidKey() {
        Api anonymous = comuta.anonymous();
        return each(operation -> {
            for (Api caller : List.of(anonymous, expired, revoked)) {
                assertUntouched(call(caller, operation, victim.ids()).expectProblem(401, "unauthenticated"));
            }
        });
    }

    /** Callers with permission are admitted, so the rejections above have no other reason. */
    @TestFactory
    Stream<DynamicTest> admitsCallersWithPermission() {
        Company open = Company.create(comuta, "Aberta-55d0");
        Map<String, Api> callers = Map.of(
                "administrator", open.administrator(),
                "broker", open.user(open.id("userId")),
                "read-only", open.role("Leitura"),
                "webhook", open.role("Webhook"));
        return Operations.all().stream()
                .filter(operation -> !operation.needsNoKey() && !operation.streams())
                .filter(operation -> !"DELETE".equals(operation.method()) && !"eraseEndUser".equals(operation.id()))
                .flatMap(operation -> callers.entrySet().stream()
                        .filter(caller -> !"no".equals(operation.access().get(caller.getKey())))
                        .map(caller -> dynamicTest(operation + " by " + caller.getKey(), () -> {
                            String body = operation.isWrite() ? "{}" : null;
                            Answer answer = caller.getValue()
                                    .withInvalidRequest()
                                    .send(operation.method(), path(operation, open.ids()), body);
                            assertFalse(DENIED.contains(answer.status()), answer.body());
                        })));
    }

    /** The table of erasures is the exception: only administrators erase, so no broker's request reads it. */
    @Test
    void everyTableOfSessionsAndEndUsersRestrictsBrokers() {
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
                .filter(operation -> !operation.needsNoKey())
                .map(operation -> dynamicTest(operation.toString(), () -> check.accept(operation)));
    }

    private static Answer call(Api caller, Operation operation, Map<String, Object> ids) {
        if (isUpload(operation)) {
            return Company.upload(caller, operation.at(ids));
        }
        String body = operation.body() == null ? null : body(operation, ids);
        return caller.send(operation.method(), path(operation, ids), body);
    }

    /** Only a channel for calls has a call plan. */
    private static String path(Operation operation, Map<String, Object> ids) {
        Map<String, Object> ofOperation = new HashMap<>(ids);
        if (operation.path().endsWith("/call-plan")) {
            ofOperation.put("channelId", ids.get(Company.VOICE_CHANNEL_ID));
        }
        return operation.at(ofOperation);
    }

    /** Whether the body names an end user. */
    private static boolean namesSomebody(Operation operation) {
        return calls(operation) || (operation.body() != null && operation.body().has("endUserId"));
    }

    private static boolean calls(Operation operation) {
        return "makeCall".equals(operation.id());
    }

    private static boolean isUpload(Operation operation) {
        return "uploadMedia".equals(operation.id());
    }

    /** The documented example of the body, with the victim's broker, and with these ids of a channel and a person. */
    private static String body(Operation operation, Map<String, Object> ids) {
        if (calls(operation)) {
            return new JsonObject()
                    .put("from", victim.voiceNumber())
                    .put("endUserId", ids.get("endUserId"))
                    .encode();
        }
        JsonObject body = new JsonObject(operation.body().toString());
        Stream.of("channelId", "endUserId").filter(body::containsKey).forEach(name -> body.put(name, ids.get(name)));
        return (body.containsKey("userId") || "createEndUser".equals(operation.id())
                        ? body.put("userId", victim.id("userId"))
                        : body)
                .encode();
    }

    private static Map<String, Object> unknownIds() {
        return victim.ids().keySet().stream().collect(Collectors.toMap(name -> name, name -> UNKNOWN_ID));
    }

    /** The ids of a company, with an end user that does not exist. */
    private static Map<String, Object> strangersOf(Company company) {
        Map<String, Object> ids = new HashMap<>(company.ids());
        ids.put("endUserId", UNKNOWN_ID);
        return ids;
    }

    private static Map<String, Object> underVictim(Map<String, Object> rowIds) {
        Map<String, Object> ids = new HashMap<>(rowIds);
        ids.put("clientId", victim.id("clientId"));
        return ids;
    }

    /** The catalogue of assistants belongs to the platform, and all clients may read it. */
    private static boolean isCatalogue(Operation operation) {
        return operation.path().startsWith("/assistants") && !operation.isWrite();
    }

    /** The response without the parts that only identify the request. */
    private static String visible(Answer answer) {
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

    /** Maps each table to the hash of the victim's and the platform's rows. The last use of a key is left out. */
    private static Map<String, Object> rows() {
        return comuta.sandbox().postgres().query(hashes).stream()
                .collect(Collectors.toMap(row -> (String) row.get("name"), row -> row.get("hash")));
    }

    private static String statement() {
        String tenants = comuta.column("""
                        select table_name from information_schema.columns
                        where table_schema = 'public' and column_name = 'clientid' order by 1""").stream()
                .map(table -> hash((String) table, "t.ClientID = " + victim.id("clientId") + withoutReads(table)))
                .collect(Collectors.joining(" union all "));
        return tenants + " union all " + hash("assistants", "t.AssistantID = " + victim.id("assistantId"))
                + " union all " + hash("apikeys", "t.ClientID is null").replace("'apikeys'", "'platform keys'");
    }

    /** Leaves out audit entries outside of the chain: these are reads by people. */
    private static String withoutReads(Object table) {
        return "auditentries".equals(table) ? " and t.Chained" : "";
    }

    private static String hash(String table, String condition) {
        return ("select '%s' as name, md5(coalesce(string_agg(r, '|' order by r), '')) as hash from ("
                        + "select (to_jsonb(t) - 'lastusedat')::text as r from %s t where %s) rows")
                .formatted(table, table, condition);
    }
}
