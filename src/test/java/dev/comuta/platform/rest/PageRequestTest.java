package dev.comuta.platform.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {

    @Test
    void beginsAtTheStartWithFiftyItems() {
        PageRequest page = PageRequest.of(null, null);
        assertEquals(50, page.size());
        assertEquals(0, page.lastId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "x", "", "1.5", "9999999999999999999"})
    void rejectsLimitsOutOfRange(String limit) {
        Problem problem =
                assertThrows(Problem.class, () -> PageRequest.of(limit, null).size());
        assertEquals("limit", problem.violations().getFirst().field());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "200"})
    void acceptsLimitsInRange(String limit) {
        assertEquals(Integer.parseInt(limit), PageRequest.of(limit, null).size());
    }
}
