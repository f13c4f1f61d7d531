package dev.comuta.platform.rest;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationParametersTest {

    private static final OperationParameters OPERATION = new OperationParameters(
            new TreeMap<>(Map.of("limit", Set.of(), "status", new TreeSet<>(Set.of("Ativo", "Inativo")))),
            Set.of("If-Match"),
            Set.of("userId"),
            Set.of("application/json"));

    @Test
    void acceptsWhatIsDescribed() {
        assertDoesNotThrow(() -> {
            OPERATION.requireQuery(Map.of("limit", List.of("1"), "status", List.of("Ativo")));
            OPERATION.requireHeaders(Map.of("If-Match", List.of("\"1\""), "X-Other", List.of("", "")));
            OPERATION.requireIds(Map.of("userId", List.of("7"), "name", List.of("x")));
        });
    }

    @Test
    void rejectsAnUnknownARepeatedOrAnotherQueryParameter() {
        assertEquals(
                "x: is not a query parameter of this operation; it has: limit, status",
                objection(() -> OPERATION.requireQuery(Map.of("x", List.of("1")))));
        assertEquals(
                "limit: must be given once",
                objection(() -> OPERATION.requireQuery(Map.of("limit", List.of("1", "1")))));
        assertEquals(
                "status: must be one of Ativo, Inativo",
                objection(() -> OPERATION.requireQuery(Map.of("status", List.of("Ligado")))));
    }

    @Test
    void namesTheParameterThatIsEmpty() {
        assertEquals(
                "limit: must not be empty: leave the parameter out or give it a value",
                objection(() -> OPERATION.requireQuery(Map.of("limit", List.of("")))));
    }

    @Test
    void namesTheParameterThatCannotBeStored() {
        assertEquals(
                "limit: contains a character that cannot be stored",
                objection(() -> OPERATION.requireQuery(Map.of("limit", List.of("\u0000")))));
    }

    @Test
    void rejectsAnEmptyOrARepeatedHeader() {
        assertEquals(
                "If-Match: must not be empty: leave the header out or give it a value",
                objection(() -> OPERATION.requireHeaders(Map.of("If-Match", List.of("")))));
        assertEquals(
                "If-Match: must be sent once",
                objection(() -> OPERATION.requireHeaders(Map.of("If-Match", List.of("\"1\"", "\"2\"")))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0665", "\uFF15", "abc", "1.5", "+5", " 5", ""})
    void rejectsAnIdWithoutAsciiDigits(String id) {
        assertEquals(
                "userId: must be a number in the digits 0 to 9",
                objection(() -> OPERATION.requireIds(Map.of("userId", List.of(id)))));
        assertEquals("limit: must be a whole number", objection(() -> Numbers.parse("limit", id)));
    }

    private static String objection(Executable check) {
        return assertThrows(Problem.class, check).getMessage();
    }
}
