package dev.comuta.assistant.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultPathsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String DOCUMENT = """
            {"items": [{"titulo": "A", "fotos": [1, 2]}, {"titulo": "B"}, {"x": {"titulo": "C"}}],
             "total": 3, "preço médio": 7, "nulo": null, "a-b": {"c": [[1, 2], [3]]}}""";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "$.total; 3",
                "$.items[0].titulo; \"A\"",
                "$.items[-1].x.titulo; \"C\"",
                "$.items[*].titulo; [\"A\",\"B\"]",
                "$.items.*.titulo; [\"A\",\"B\"]",
                "$..titulo; [\"A\",\"B\",\"C\"]",
                "$.items..titulo; [\"A\",\"B\",\"C\"]",
                "$['preço médio']; 7",
                "$[\"total\"]; 3",
                "$.a-b.c[*][0]; [1,3]",
                "$..[1]; [{\"titulo\":\"B\"},2,[3],2]",
                "$.nulo; null",
                "$.items[9].titulo; null",
                "$.items.titulo; null",
                "$.nada.x; null",
                "$.nada[*].x; []",
                "$.total[0]; null"
            })
    void selectsValues(String path, String value) throws JsonProcessingException {
        assertEquals(JSON.readTree(value), select(path, JSON.readTree(DOCUMENT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "total",
                "$.",
                "$..",
                "$[",
                "$[]",
                "$['a",
                "$['']",
                "$[0",
                "$[01234567]",
                "$[0:2]",
                "$[0,1]",
                "$['a','b']",
                "$.a b",
                "$..a..b",
                "$..*..*",
                "$[?(@.a)]",
                "$..[?(@.a =~ /(.*a){20}b/)]",
                "$.items.length()",
                "$.concat($.a, $.b)",
                "$.a[(@.length-1)]",
                "$x"
            })
    void rejectsWhatIsNoPathOfNamesAndIndexes(String path) {
        assertThrows(InvalidExpression.class, () -> ResultPaths.of(Map.of("a", path)));
    }

    @Test
    void namesTheWrongPath() {
        InvalidExpression wrong =
                assertThrows(InvalidExpression.class, () -> ResultPaths.of(Map.of("preco", "$[?(@.a)]")));
        assertEquals(".preco", wrong.path());
    }

    @Test
    void rejectsTooManyAndTooLongPaths() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i <= ResultPaths.MAX_PATHS; i++) {
            many.put("v" + i, "$.a");
        }
        assertThrows(InvalidExpression.class, () -> ResultPaths.of(many));
        assertThrows(InvalidExpression.class, () -> ResultPaths.of(Map.of("a", "$" + ".a".repeat(300))));
        assertThrows(InvalidExpression.class, () -> ResultPaths.of(Collections.singletonMap("a", null)));
    }

    /** A descendant wildcard copies each value as often as it is deep; the library that did this ran out of memory. */
    @Test
    void stopsAtAResultThatIsTooLarge() throws JsonProcessingException {
        String deep = "[".repeat(60) + "\"" + "x".repeat(50_000) + "\"" + "]".repeat(60);
        JsonNode document = JSON.readTree(deep);
        assertThrows(InvalidExpression.class, () -> select("$..*", document));
    }

    @Test
    void sharesTheLimitsBetweenThePathsOfAResponse() throws JsonProcessingException {
        JsonNode document = JSON.readTree("[\"" + "x".repeat(100_000) + "\"]");
        Map<String, String> three = Map.of("a", "$[0]", "b", "$[0]", "c", "$[0]");
        assertThrows(InvalidExpression.class, () -> ResultPaths.of(three).select(document));
    }

    @Test
    void stopsAfterTooManySteps() throws JsonProcessingException {
        JsonNode document = JSON.readTree("[" + "[[[[]]]],".repeat(30_000) + "0]");
        assertThrows(InvalidExpression.class, () -> {
            Map<String, String> many = new HashMap<>();
            for (int i = 0; i < ResultPaths.MAX_PATHS; i++) {
                many.put("v" + i, "$..[*].nada");
            }
            ResultPaths.of(many).select(document);
        });
    }

    private static JsonNode select(String path, JsonNode document) {
        return ResultPaths.of(Map.of("v", path)).select(document).get("v");
    }
}
