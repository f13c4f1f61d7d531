package dev.comuta.platform.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionTest {

    private final Revision<String> third = new Revision<>("x", 3);

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"*", "\"3\"", "\"2\", \"3\""})
    void acceptsTheCurrentRevision(String ifMatch) {
        assertSame(third, third.require(ifMatch));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "3", "W/\"3\"", "", "\"33\""})
    void rejectsAnotherRevision(String ifMatch) {
        Problem problem = assertThrows(Problem.class, () -> third.require(ifMatch));
        assertEquals(ProblemType.STALE, problem.type());
    }
}
