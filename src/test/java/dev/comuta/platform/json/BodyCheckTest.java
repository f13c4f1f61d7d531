package dev.comuta.platform.json;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.Problem.Violation;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyCheckTest {

    private static final String TOO_DEEP =
            "is nested too deeply, or contains a string, number or list that is too long";

    @ParameterizedTest
    @ValueSource(strings = {"1e300", "1e400", "-1e-250", "123e200", "10000000000000000000000000000000000000000e0"})
    void namesTheFieldWhoseNumberHasTooManyDigits(String number) {
        Violation violation = rejected("{\"x\":1,\"additionalInfo\":{\"a\":[1,{\"b\":" + number + "}]}}");

        assertEquals("additionalInfo.a[1].b", violation.field());
        assertEquals("must have at most 40 digits when it is written without an exponent", violation.message());
    }

    @Test
    void rejectsANumberInsteadOfAnObject() {
        assertEquals("body", rejected("1e300").field());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"a\":2} | a",
                "{\"a\":[{\"b\":1},{\"b\":1,\"c\":{},\"b\":null}]} | a[1].b",
                "{\"a\":1,\"\\u0061\":2} | a"
            })
    void namesAFieldThatOccursTwiceInAnObject(String body, String field) {
        Violation violation = rejected(body);

        assertEquals(field, violation.field());
        assertEquals("occurs more than once in its object", violation.message());
    }

    @Test
    void rejectsWhatIsTooDeepOrTooLarge() {
        assertEquals(TOO_DEEP, rejected("[".repeat(101) + "]".repeat(101)).message());
        assertEquals(TOO_DEEP, rejected("{\"" + "n".repeat(3_000_000) + "\":1}").message());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"a\":1.5e10}",
                "{\"a\":\"1e300\"}",
                "{\"a\":",
                "text",
                "{} {}",
                "{\"a\":{\"a\":[{\"a\":1},{\"a\":1}]}}"
            })
    void leavesTheRestToTheReader(String body) {
        assertDoesNotThrow(() -> BodyCheck.require(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Violation rejected(String body) {
        return assertThrows(Problem.class, () -> BodyCheck.require(body.getBytes(StandardCharsets.UTF_8)))
                .violations()
                .getFirst();
    }
}
