package dev.comuta.platform.rest;

import dev.comuta.platform.problem.Problem;

/** Parses numbers of query parameters; a problem names the parameter. */
public final class Numbers {

    private Numbers() {}

    /** The number, or null when the parameter is absent. Fails with a problem when it is not a whole number. */
    public static Long parseOptional(String field, String text) {
        return text == null ? null : parse(field, text);
    }

    static long parse(String field, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            throw Problem.invalid(field, "must be a whole number");
        }
    }
}
