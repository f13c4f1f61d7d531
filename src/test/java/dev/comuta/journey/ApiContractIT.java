package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.comuta.journey.Api.Answer;
import dev.comuta.journey.ApiDescription.Operation;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Sends every operation of openapi.yaml as documented, and with every kind of invalid request. The requests come from
 * the description. So a new operation is tested too, and fails until {@link ApiWorld} can create the resources that it
 * needs.
 */
class ApiContractIT {

    private static final ApiDescription DESCRIPTION = ApiDescription.read();
    private static final String WEBHOOKS = "/webhooks/";
    private static final String SIGN_IN = "/sign-in/";
    /** Needs a token from a mail; {@link SignInIT} tests it. */
    private static final String NEEDS_A_MAIL = "signIn";

    /** May be repeated without a key. */
    private static final String STORES_NOTHING = "createRoomToken";

    private static final List<String> CHECKED_HEADERS = List.of("ETag", "Location", "Retry-After", "WWW-Authenticate");

    private static final List<String> INVALID_IDS =
            List.of("0", "-1", "abc", "9223372036854775807", "92233720368547758070", "1.5", "%00", "%27--");

    private static Comuta comuta;
    private static Api unchecked;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        unchecked = comuta.platform().withInvalidRequest();
    }

    /** Other tests wait until no task is open. */
    @AfterAll
    static void cancelTasksThatAreDueLater() {
        comuta.column("update BackgroundTasks set Status = 'Cancelada' "
                + "where Status = 'Pendente' and NotBefore > now() + interval '1 hour' returning TaskID");
    }

    @TestFactory
    Stream<DynamicTest> documentedRequestGetsADocumentedResponse() {
        return each(operation -> !NEEDS_A_MAIL.equals(operation.id()), operation -> {
            Answer answer = isWebhook(operation)
                    ? SignedDelivery.of(operation, comuta).send(comuta)
                    : world(operation).prepare().send(operation);

            String message = operation + " answered " + answer.status() + ": " + answer.body();
            assertTrue(answer.status() / 100 == 2, message);
            assertTrue(operation.statuses().contains(Integer.toString(answer.status())), message);
            assertBody(operation, answer);
            assertHeaders(operation, answer);
        });
    }

    @TestFactory
    Stream<DynamicTest> rejectsInvalidBodies() {
        return each(operation -> !Set.of("GET", "DELETE").contains(operation.method()), operation -> {
            ApiWorld world = world(operation);
            String path = world.resolve(operation.path());
            for (String body : WrongBodies.of(world.body(operation))) {
                assertNoServerError(operation, unchecked.send(operation.method(), path, body));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> rejectsInvalidIds() {
        return each(operation -> operation.path().contains("{"), operation -> {
            String clientId = world(operation).clientId();
            for (String id : INVALID_IDS) {
                String withInvalidIds = operation.path().replaceAll("\\{\\w+}", id);
                assertNoServerError(operation, unchecked.send(operation.method(), withInvalidIds, "{}"));
                String withExistingClient =
                        operation.path().replace("{clientId}", clientId).replaceAll("\\{\\w+}", id);
                if (!withExistingClient.equals(operation.path().replace("{clientId}", clientId))) {
                    assertNoServerError(operation, unchecked.send(operation.method(), withExistingClient, "{}"));
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> rejectsInvalidParametersAndHeaders() {
        return each(operation -> !"DELETE".equals(operation.method()), operation -> {
            String path = world(operation).resolve(operation.path());
            for (String value : List.of("", "x", "-1", "999999999999999999999", "%00", "%F0%9F%98%80")) {
                String query = Stream.concat(operation.parameterNames("query").stream(), Stream.of("unknown"))
                        .map(name -> name + "=" + value)
                        .collect(Collectors.joining("&"));
                assertNoServerError(operation, unchecked.send(operation.method(), path + "?" + query, null));
            }
            for (String value : List.of(" ", "x".repeat(300), "W/\"x\"", "\"", "é")) {
                assertNoServerError(
                        operation,
                        unchecked.send(operation.method(), path, "{}", "idempotency-key", value, "if-match", value));
            }
            assertNoServerError(operation, unchecked.send(operation.method(), path, "x", "content-type", "text/plain"));
        });
    }

    @TestFactory
    Stream<DynamicTest> requiresAKey() {
        Api anonymous = comuta.anonymous().withInvalidRequest();
        return each(operation -> !isWebhook(operation) && !isSignIn(operation), operation -> anonymous
                .send(operation.method(), operation.path().replaceAll("\\{\\w+}", "1"), null)
                .expectProblem(401, "unauthenticated"));
    }

    @TestFactory
    Stream<DynamicTest> rejectsUnsignedWebhooks() {
        return each(ApiContractIT::isWebhook, operation -> {
            String body = operation.bodyType() == null ? null : "{}";
            Answer answer = comuta.anonymous()
                    .withInvalidRequest()
                    .send(operation.method(), operation.path(), body, contentType(operation));
            assertTrue(Set.of(401, 403).contains(answer.status()), answer.status() + ": " + answer.body());
            assertNoServerError(operation, answer);
        });
    }

    @TestFactory
    Stream<DynamicTest> rejectsUndocumentedMethods() {
        return DESCRIPTION
                .missing()
                .map(missing -> dynamicTest(missing.method() + " " + missing.path(), () -> unchecked
                        .undocumented()
                        .send(missing.method(), missing.path().replaceAll("\\{\\w+}", "1"), null)
                        .expectProblem(405, "method-not-allowed")));
    }

    @TestFactory
    Stream<DynamicTest> describesEveryOperation() {
        return each(operation -> {
            assertFalse(operation.id().isEmpty(), "operationId");
            assertTrue(operation.node().hasNonNull("summary"), "summary");
            assertEquals(1, operation.node().path("tags").size(), "one tag");
            assertEquals(isSignIn(operation), operation.securityScheme().isEmpty(), "security");
            Set<String> statuses = operation.statuses();
            assertTrue(statuses.stream().anyMatch(status -> status.startsWith("2")), "a 2xx response");
            assertTrue(statuses.containsAll(Set.of("401", "503")), "problems: " + statuses);
            boolean isJson = "application/json".equals(operation.bodyType());
            assertTrue(!isJson || operation.bodyExample() != null, "an example of the body");
            boolean takesKey = "POST".equals(operation.method())
                    && !isWebhook(operation)
                    && !isSignIn(operation)
                    && !STORES_NOTHING.equals(operation.id());
            assertEquals(takesKey, operation.parameterNames("header").contains("Idempotency-Key"), "Idempotency-Key");
        });
    }

    private static String[] contentType(Operation operation) {
        return operation.bodyType() == null ? new String[0] : new String[] {"content-type", operation.bodyType()};
    }

    private static void assertBody(Operation operation, Answer answer) {
        String message = operation + " answered " + answer.status() + ": " + answer.body();
        Set<String> types = operation.response(answer.status()).path("content").properties().stream()
                .map(type -> type.getKey())
                .collect(Collectors.toSet());
        String type = answer.header("content-type").split(";", 2)[0];
        assertTrue(types.isEmpty() ? answer.body().isEmpty() : types.contains(type), message + " as '" + type + "'");
        if ("application/json".equals(type)) {
            assertEquals(List.of(), operation.violations(answer.status(), type, answer.body()), message);
        }
    }

    /** The response has those of {@link #CHECKED_HEADERS} that are documented, and no others of them. */
    private static void assertHeaders(Operation operation, Answer answer) {
        Set<String> described = new TreeSet<>();
        operation.response(answer.status()).path("headers").fieldNames().forEachRemaining(described::add);
        described.retainAll(CHECKED_HEADERS);
        Set<String> sent = CHECKED_HEADERS.stream()
                .filter(name -> !answer.header(name.toLowerCase(Locale.ROOT)).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(described, sent, operation + " answered " + answer.status());
    }

    private static void assertNoServerError(Operation operation, Answer answer) {
        String message = operation + " answered " + answer.status() + ": " + answer.body();
        assertTrue(answer.status() < 500, message);
        if (answer.status() >= 400) {
            assertEquals(
                    "application/problem+json", answer.header("content-type").split(";", 2)[0], message);
            assertTrue(DESCRIPTION.knowsProblem(answer.json().getString("type"), answer.status()), message);
            assertFalse(answer.json().getString("detail").contains("Exception"), message);
            assertTrue(
                    operation.statuses().contains(Integer.toString(answer.status())),
                    "not in the description: " + message);
            assertHeaders(operation, answer);
        }
    }

    private static ApiWorld world(Operation operation) {
        return new ApiWorld(comuta, DESCRIPTION, operation);
    }

    private static boolean isWebhook(Operation operation) {
        return operation.path().startsWith(WEBHOOKS);
    }

    private static boolean isSignIn(Operation operation) {
        return operation.path().startsWith(SIGN_IN);
    }

    private interface Check {
        void of(Operation operation) throws Exception;
    }

    private static Stream<DynamicTest> each(Check check) {
        return each(operation -> true, check);
    }

    private static Stream<DynamicTest> each(Predicate<Operation> which, Check check) {
        return DESCRIPTION
                .operations()
                .filter(which)
                .map(operation -> dynamicTest(operation.toString(), () -> check.of(operation)));
    }
}
