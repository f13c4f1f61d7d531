package dev.comuta.platform.json;

import dev.comuta.platform.problem.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Parses times of query parameters; a problem names the parameter. */
public final class Times {

    private static final int LAST_YEAR = 9999;

    private Times() {}

    /** The time, or null when the parameter is absent. Fails with a problem when it is not a date-time of RFC 3339. */
    public static Instant parseOptional(String field, String text) {
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() > 0 && time.getYear() <= LAST_YEAR) {
                return time.toInstant();
            }
        } catch (DateTimeException malformed) {
            // reported below, like a time out of range
        }
        throw Problem.invalid(field, "must be a time with its offset, such as 2026-01-31T12:00:00Z");
    }
}
