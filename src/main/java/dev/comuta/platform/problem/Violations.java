package dev.comuta.platform.problem;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.constraints.Pattern;
import java.util.List;

/** The words about a value that breaks a constraint. */
public final class Violations {

    private Violations() {}

    /** The message of the constraint; for a closed set its values. */
    public static String message(ConstraintViolation<?> violation) {
        List<String> values = violation.getConstraintDescriptor().getAnnotation() instanceof Pattern pattern
                ? ClosedSet.of(pattern.regexp())
                : List.of();
        return values.isEmpty() ? violation.getMessage() : "must be one of " + String.join(", ", values);
    }
}
