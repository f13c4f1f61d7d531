package dev.comuta.assistant.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedPatternTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^(oi|ol[aá])\\b",
                "im[oó]ve(?:l|is).*bairro\\s+(?P<bairro>[\\p{L}\\p{N} ]+)",
                "\\(?\\d{2}\\)?\\s?9?\\d{4}-?\\d{4}",
                "\\d{3}\\.?\\d{3}\\.?\\d{3}-?\\d{2}",
                "(\\d{1,3}\\.){3}\\d{1,3}",
                "(a+)+$"
            })
    void acceptsPatternsOfIntents(String pattern) {
        assertTrue(BoundedPattern.of(pattern, true).size() <= BoundedPattern.MAX_SIZE);
    }

    /** Compiled without a bound, the first of them needs more memory than the server has. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(((a{1000}){1000}){1000}){1000}",
                "((a{0,1000}){0,1000}){0,1000}",
                "((?:a{100}){100,}){100}",
                "(a{100}){100}",
                "(a{999999999}){1}",
                "(((((((((((a{2}){9}){9}){9}){9}){9}){9}){9}){9}){9}){9}){9}"
            })
    void rejectsPatternsThatExpandTooMuch(String pattern) {
        InvalidExpression tooLarge = assertThrows(InvalidExpression.class, () -> BoundedPattern.of(pattern, true));
        assertTrue(tooLarge.getMessage().startsWith("repeats")
                || tooLarge.getMessage().startsWith("is not"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "a**", "(?=a)", "(a)\\1", "(?<x", "a{1001}"})
    void rejectsWhatIsNoRe2Expression(String pattern) {
        assertThrows(InvalidExpression.class, () -> BoundedPattern.of(pattern, false));
    }

    @Test
    void rejectsALongPattern() {
        assertThrows(InvalidExpression.class, () -> BoundedPattern.of("a".repeat(501), false));
    }

    @Test
    void distinguishesTheCaseWhenAsked() {
        assertTrue(BoundedPattern.of("oi", true).matcher("OI").find());
        assertFalse(BoundedPattern.of("oi", false).matcher("OI").find());
    }

    @Test
    void fillsATemplateInOnePassWithinALimit() {
        assertEquals("{b} x {c}", BoundedTemplate.fill("{a} x {c}", name -> name.equals("a") ? "{b}" : null, 100));
        String bomb = BoundedTemplate.fill("{a}".repeat(1000), name -> "{a}{a}".repeat(1000), 500);
        assertEquals(500, bomb.length());
        assertEquals("x", BoundedTemplate.fill("x😀", name -> null, 2));
    }
}
