package dev.comuta.platform.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceIdTest {

    @Test
    void isTheTraceIdOfTheCaller() {
        assertEquals(
                "4bf92f3577b34da6a3ce929d0e0e4736",
                TraceId.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"x", "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01"})
    void isNewWhenTheCallerHasNone(String header) {
        String made = TraceId.of(header);
        assertTrue(made.matches("[0-9a-f]{32}"), made);
        assertNotEquals(made, TraceId.of(header));
    }
}
