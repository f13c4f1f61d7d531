package dev.comuta.assistant.expression;

import dev.comuta.platform.problem.Problem;

/** Explains invalid expressions to the author of a configuration. */
public final class Expressions {

    private Expressions() {}

    /** Runs {@code check}; fails with a problem that names the wrong part of the field. */
    public static void require(String field, Runnable check) {
        try {
            check.run();
        } catch (InvalidExpression invalid) {
            throw Problem.invalid(field + invalid.path(), invalid.getMessage());
        }
    }
}
