package dev.comuta.platform;

import java.util.List;

/**
 * A request that cannot be answered as asked: leaves the process as {@code application/problem+json} (RFC 9457). Its
 * detail is written for who calls and holds no stack, class name, SQL or secret.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<Violation> violations;

    /**
     * One field that is not as it must be.
     *
     * @param field path of the field in the request, for example {@code phoneNumber}
     * @param message what is wrong with it
     */
    public record Violation(String field, String message) {}

    private Problem(ProblemType type, String detail, List<Violation> violations, Throwable cause) {
        super(detail, cause);
        this.type = type;
        this.violations = violations;
    }

    /** A problem of this type, told in one sentence. */
    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of(), null);
    }

    /** One field is not valid. */
    public static Problem invalid(String field, String message) {
        return invalid(List.of(new Violation(field, message)));
    }

    /** Fields are not valid; at least one is named. */
    public static Problem invalid(List<Violation> violations) {
        Violation first = violations.getFirst();
        return new Problem(ProblemType.INVALID, first.field() + ": " + first.message(), violations, null);
    }

    /** No such thing, or not of this caller: the two look the same. */
    public static Problem notFound(String what) {
        return of(ProblemType.NOT_FOUND, what + " not found");
    }

    /** The caller may try again later. The cause is for the log. */
    public static Problem unavailable(String detail, Throwable cause) {
        return new Problem(ProblemType.UNAVAILABLE, detail, List.of(), cause);
    }

    public ProblemType type() {
        return type;
    }

    /** The fields that are not valid; empty when the problem is another. */
    public List<Violation> violations() {
        return violations;
    }
}
