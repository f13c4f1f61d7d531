package dev.comuta.platform.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.problem.Problem;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Property
    void roundTripsAnId(@ForAll @LongRange(min = 0) long id) {
        assertEquals(id, Cursor.lastId(Cursor.of(id)));
    }

    @Property
    void roundTripsAKeyOfTwoNumbers(@ForAll @LongRange(min = 0) long first, @ForAll @LongRange(min = 0) long second) {
        assertArrayEquals(new long[] {first, second}, Cursor.key("after", Cursor.of(first, second), 2));
        assertThrows(Problem.class, () -> Cursor.lastId(Cursor.of(first, second)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "!",
                "AAAA",
                "LTE",
                "KzE",
                "MSA",
                "OTk5OTk5OTk5OTk5OTk5OTk5OTk5",
                "MTg0NDY3NDQwNzM3MDk1NTE2MTU"
            })
    void rejectsOtherTexts(String text) {
        Problem problem = assertThrows(Problem.class, () -> Cursor.lastId(text));
        assertEquals("after", problem.violations().getFirst().field());
    }
}
