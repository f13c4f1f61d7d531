package dev.comuta.platform.problem;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/** The words about a value that breaks a constraint. */
public final class Violations {

    private static final String REQUIRED = "is required";

    private Violations() {}

    /** The rule in the words of the API; the message of the constraint when it has one of its own. */
    public static String message(ConstraintViolation<?> violation) {
        Object value = violation.getInvalidValue();
        return switch (violation.getConstraintDescriptor().getAnnotation()) {
            case NotNull missing -> REQUIRED;
            case NotBlank blank -> value == null ? REQUIRED : "must not be blank";
            case NotEmpty empty -> value == null ? REQUIRED : "must not be empty";
            case Size size -> size(size, value instanceof CharSequence ? "characters" : "entries");
            case Pattern pattern -> pattern(ClosedSet.of(pattern.regexp()), violation.getMessage());
            default -> violation.getMessage();
        };
    }

    private static String size(Size size, String what) {
        if (size.min() == 0) {
            return "has at most " + size.max() + " " + what;
        }
        if (size.max() == Integer.MAX_VALUE) {
            return "has at least " + size.min() + " " + what;
        }
        return size.min() == size.max()
                ? "has " + size.min() + " " + what
                : "has " + size.min() + " to " + size.max() + " " + what;
    }

    private static String pattern(List<String> values, String message) {
        return values.isEmpty() ? message : "must be one of " + String.join(", ", values);
    }
}
