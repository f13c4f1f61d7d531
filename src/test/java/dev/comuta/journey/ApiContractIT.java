package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.comuta.journey.Api.Answer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every operation of the API's description, asked in every wrong way: it answers with a problem, never with a fault. */
class ApiContractIT {

    private static final JsonNode DOCUMENT = read(Path.of("target", "openapi", "openapi.yaml"));
    private static final Set<String> PROBLEMS = catalogue();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final String LONG = "ã".repeat(60_000);
    private static final List<String> WRONG_IDS =
            List.of("0", "-1", "abc", "9223372036854775807", "92233720368547758070", "1.5", "%00", "%27--");
    private static final List<String> WRONG_BODIES =
            List.of("", "{}", "[]", "null", "7", "\"text\"", "{", "{\"unknownField\":1}", "[[[[{}]]]]", "\u0000");

    private static Api platform;
    private static String clientId;

    @BeforeAll
    static void registerAClientThatMayBreak() {
        Comuta comuta = Comuta.shared();
        platform = new Api(comuta.server().baseUrl(), comuta.sandbox().platformKey());
        clientId = platform.post("/clients", new JsonObject().put("clientName", "Vítima"))
                .expect(201)
                .json()
                .getLong("clientId")
                .toString();
    }

    /** An operation of the document. */
    private record Operation(String method, String path, JsonNode node) {

        /** With an existing client and ids of nothing. */
        String place(String id) {
            return path.replace("{clientId}", clientId).replaceAll("\\{\\w+}", id);
        }

        JsonNode bodySchema() {
            return resolved(node.at("/requestBody/content/application~1json/schema"));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongBodies() {
        return operations()
                .filter(operation -> !"GET".equals(operation.method()) && !"DELETE".equals(operation.method()))
                .map(operation -> dynamicTest(operation.toString(), () -> {
                    for (String body : bodies(operation)) {
                        assertNoFault(operation, platform.send(operation.method(), operation.place("999999999"), body));
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongIds() {
        return operations()
                .filter(operation -> operation.path().contains("{"))
                .map(operation -> dynamicTest(operation.toString(), () -> {
                    for (String id : WRONG_IDS) {
                        String everywhere = operation.path().replaceAll("\\{\\w+}", id);
                        assertNoFault(operation, platform.send(operation.method(), everywhere, "{}"));
                        if (!operation.place(id).equals(operation.place("1"))) {
                            assertNoFault(operation, platform.send(operation.method(), operation.place(id), "{}"));
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongParametersAndHeaders() {
        return operations()
                .filter(operation -> !"DELETE".equals(operation.method()))
                .map(operation -> dynamicTest(operation.toString(), () -> {
                    String place = operation.place("999999999");
                    for (String value : List.of("", "x", "-1", "999999999999999999999", "%00", "%F0%9F%98%80")) {
                        String query = parameters(operation, "query").stream()
                                .map(name -> name + "=" + value)
                                .collect(Collectors.joining("&"));
                        assertNoFault(operation, platform.send(operation.method(), place + "?" + query, null));
                    }
                    for (String value : List.of(" ", "x".repeat(300), "W/\"x\"", "\"", "é")) {
                        assertNoFault(
                                operation,
                                platform.send(
                                        operation.method(), place, "{}", "idempotency-key", value, "if-match", value));
                    }
                    assertNoFault(
                            operation, platform.send(operation.method(), place, "x", "content-type", "text/plain"));
                }));
    }

    @TestFactory
    Stream<DynamicTest> asksForAKey() {
        Api stranger = new Api(platform.server(), null);
        return operations()
                .filter(operation -> !operation.path().startsWith("/webhooks/"))
                .map(operation -> dynamicTest(
                        operation.toString(), () -> stranger.send(operation.method(), operation.place("1"), null)
                                .expectProblem(401, "unauthenticated")));
    }

    @TestFactory
    Stream<DynamicTest> describesEveryOperation() {
        return operations()
                .map(operation -> dynamicTest(operation.toString(), () -> {
                    assertTrue(operation.node().hasNonNull("operationId"), "operationId");
                    assertTrue(operation.node().hasNonNull("summary"), "summary");
                    assertTrue(operation.node().path("tags").size() == 1, "one tag");
                    Set<String> responses = operation.node().path("responses").properties().stream()
                            .map(Map.Entry::getKey)
                            .collect(Collectors.toSet());
                    assertTrue(responses.stream().anyMatch(status -> status.startsWith("2")), "an answer");
                    assertTrue(responses.contains("401") && responses.contains("503"), "problems: " + responses);
                    boolean takesKey = "POST".equals(operation.method())
                            && !operation.path().startsWith("/webhooks/");
                    assertEquals(
                            takesKey, parameters(operation, "header").contains("Idempotency-Key"), "Idempotency-Key");
                }));
    }

    private static void assertNoFault(Operation operation, Answer answer) {
        String told = operation + " answered " + answer.status() + ": " + answer.body();
        assertTrue(answer.status() < 500, told);
        if (answer.status() >= 400) {
            assertEquals(
                    "application/problem+json", answer.header("content-type").split(";", 2)[0], told);
            assertTrue(PROBLEMS.contains(answer.json().getString("type") + " " + answer.status()), told);
            assertTrue(!answer.json().getString("detail").contains("Exception"), told);
            assertTrue(
                    operation.node().path("responses").has(Integer.toString(answer.status())),
                    "not in the description: " + told);
        }
    }

    /** Bodies of no use to anybody, and, from the schema, each field of another type, too long, or null. */
    private static List<String> bodies(Operation operation) {
        List<String> bodies = new ArrayList<>(WRONG_BODIES);
        ObjectNode valid = example(operation.bodySchema());
        valid.properties().forEach(field -> {
            for (String value :
                    List.of("{\"x\":[]}", "[1]", "7", "true", "null", "\"\"", "\"\\u0000\"", quoted(LONG))) {
                ObjectNode changed = valid.deepCopy();
                changed.putRawValue(field.getKey(), new com.fasterxml.jackson.databind.util.RawValue(value));
                bodies.add(changed.toString());
            }
        });
        bodies.add(valid.put("campoDesconhecido", 1).toString());
        return bodies;
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static ObjectNode example(JsonNode schema) {
        ObjectNode example = new ObjectMapper().createObjectNode();
        schema.path("properties").properties().forEach(property -> {
            JsonNode examples = property.getValue().path("examples");
            example.set(property.getKey(), examples.isEmpty() ? example.textNode("x") : examples.get(0));
        });
        return example;
    }

    private static List<String> parameters(Operation operation, String where) {
        List<String> names = new ArrayList<>();
        operation.node().path("parameters").forEach(parameter -> {
            if (where.equals(resolved(parameter).path("in").asText())) {
                names.add(resolved(parameter).path("name").asText());
            }
        });
        return names;
    }

    private static Stream<Operation> operations() {
        return DOCUMENT.path("paths").properties().stream().flatMap(path -> path.getValue().properties().stream()
                .filter(method -> METHODS.contains(method.getKey()))
                .filter(method -> !isStream(method.getValue()))
                .map(method -> new Operation(
                        method.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey(), method.getValue())));
    }

    /** An answer without an end: {@link EventStreamIT} reads it. */
    private static boolean isStream(JsonNode operation) {
        return operation.at("/responses/200/content").has("text/event-stream");
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static Set<String> catalogue() {
        try {
            return Pattern.compile("(?m)^\\| `(https://\\S+)` \\| (\\d+) ")
                    .matcher(Files.readString(Path.of("docs", "problems.md")))
                    .results()
                    .map(line -> line.group(1) + " " + line.group(2))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path document) {
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(document.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
