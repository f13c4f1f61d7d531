package dev.comuta.platform.rest;

import dev.comuta.platform.problem.Problem;
import java.util.regex.Pattern;

/** Parses numbers of query parameters; a problem names the parameter. */
public final class Numbers {

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");

    private Numbers() {}

    /** The number, or null when the parameter is absent. Fails with a problem when it is not a whole number. */
    public static Long parseOptional(String field, String text) {
        return text == null ? null : parse(field, text);
    }

    /** The number in ASCII digits. */
    static long parse(String field, String text) {
        try {
            if (text != null && WHOLE.matcher(text).matches()) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException tooLarge) {
            // reported below, like a text without digits
        }
        throw Problem.invalid(field, "must be a whole number");
    }
}
