package dev.comuta.assistant.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.problem.PermanentFailure;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The most expensive expressions that the limits of their form allow. */
class WorstExpressionsTest {

    private static final String TOO_LARGE = "too large to be checked by this schema";
    private static final List<Integer> ONES = Collections.nCopies(16_000, 1);

    static Stream<Arguments> schemas() {
        return Stream.of(
                        "{'items': {'anyOf': [%s]}}".formatted(parts(480, "{'type': 'string'}")),
                        "{'items': {'anyOf': [%s]}}"
                                .formatted(parts(480, "{'const': '%s'}".formatted("x".repeat(1_500)))),
                        "{'items': {'oneOf': [%s]}}".formatted(parts(480, "{'minimum': 2}")),
                        "{'items': {'allOf': [%s]}}".formatted(parts(950, "{}")),
                        "{'items': {'allOf': [%s]}}".formatted(parts(300, "{'not': {'type': 'string'}}")),
                        "{'items': {'enum': [%s]}}".formatted(parts(900, "2")),
                        "{'allOf': [%s]}".formatted(parts(480, "{'items': {}}")),
                        "{'allOf': [%s]}".formatted(parts(300, "{'contains': {'const': 2}}")),
                        "{'allOf': [%s]}".formatted(parts(400, "{'uniqueItems': true}")),
                        "{'anyOf': [%s]}".formatted(parts(480, "{'unevaluatedItems': false}")),
                        "{'allOf': [%s], 'unevaluatedItems': false}"
                                .formatted(parts(200, "{'prefixItems': [{'type': 'integer'}]}")),
                        "{'prefixItems': [%s], 'unevaluatedItems': false}".formatted(parts(480, "{'type': 'string'}")),
                        "{'uniqueItems': true}",
                        "{'items': false}")
                .map(Arguments::of);
    }

    private static String parts(int count, String part) {
        return String.join(",", Collections.nCopies(count, part));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void aDocumentIsRejectedInBoundedTimeAndText(String list) {
        String errors =
                assertTimeout(Duration.ofSeconds(5), () -> errors(list, ONES)).orElseThrow();
        assertTrue(errors.length() <= 20 * 502, () -> errors.substring(0, 100));
    }

    @Test
    void listsOfObjectsAreSmallEnough() {
        Map<String, Object> fields = IntStream.range(0, 10).boxed().collect(Collectors.toMap(i -> "f" + i, i -> i));
        String properties = String.join(
                ",",
                fields.keySet().stream()
                        .map("'%s': {'type': 'integer'}"::formatted)
                        .toList());
        String schema = "{'items': {'type': 'object', 'properties': {%s}, 'additionalProperties': false}}"
                .formatted(properties);
        assertEquals(Optional.empty(), errors(schema, Collections.nCopies(300, fields)));
    }

    @Test
    void aClientValidatesWhileAnotherDoesItsWorst() {
        String worst = "{'items': {'oneOf': [%s]}}".formatted(parts(480, "{'minimum': 2}"));
        List<CompletableFuture<Optional<String>>> others = Stream.generate(
                        () -> Evaluation.of(7, () -> validate(worst, ONES)).subscribeAsCompletionStage())
                .limit(6)
                .toList();
        assertEquals(Optional.empty(), errors("{'items': {'type': 'integer'}}", List.of(1)));
        assertTrue(others.stream().anyMatch(other -> !other.isDone()));
        others.forEach(other -> assertEquals(Optional.of(TOO_LARGE), other.join()));
    }

    @Test
    void aPatternEndsInALongText() {
        String pattern = "(?:a|b){1,450}x";
        assertTimeout(
                Duration.ofSeconds(5),
                () -> assertTrue(Evaluation.of(1, () -> BoundedPattern.of(pattern, true)
                                .matcher("a".repeat(1_000_000))
                                .find())
                        .onFailure(PermanentFailure.class)
                        .recoverWithItem(true)
                        .await()
                        .indefinitely()));
    }

    private static Optional<String> errors(String list, List<?> values) {
        return Evaluation.of(1, () -> validate(list, values)).await().indefinitely();
    }

    private static Optional<String> validate(String list, List<?> values) {
        String schema = "{'properties': {'a': %s}}".formatted(list).replace('\'', '"');
        return BoundedSchema.of(new JsonObject(schema).getMap()).errors(Map.of("a", values));
    }
}
