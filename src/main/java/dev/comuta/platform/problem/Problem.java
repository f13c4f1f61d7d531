package dev.comuta.platform.problem;

import java.time.Duration;
import java.util.List;

/**
 * A request that cannot be answered as asked: leaves the process as {@code application/problem+json} (RFC 9457). Its
 * detail is written for who calls and holds no stack, class name, SQL or secret. It has no stack trace of its own, which
 * would make a refusal dearer than the work that is refused; its cause keeps the one it has.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<Violation> violations;
    private final String limit;
    private final transient Duration retryAfter;

    /**
     * One field that is not as it must be.
     *
     * @param field path of the field in the request, for example {@code phoneNumber}
     * @param message what is wrong with it
     */
    public record Violation(String field, String message) {}

    private Problem(ProblemType type, String detail, List<Violation> violations, Throwable cause) {
        super(detail, cause, false, false);
        this.type = type;
        this.violations = violations;
        this.limit = null;
        this.retryAfter = null;
    }

    private Problem(String limit, Duration retryAfter) {
        super("the limit " + limit + " is reached", null, false, false);
        this.type = ProblemType.LIMIT_REACHED;
        this.violations = List.of();
        this.limit = limit;
        this.retryAfter = retryAfter;
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

    /**
     * The client has as much of something as it may have.
     *
     * @param limit its name in the API
     * @param retryAfter when asking again may help
     */
    public static Problem limited(String limit, Duration retryAfter) {
        return new Problem(limit, retryAfter);
    }

    public ProblemType type() {
        return type;
    }

    /** The fields that are not valid; empty when the problem is another. */
    public List<Violation> violations() {
        return violations;
    }

    /** The name of the limit that is reached; null when the problem is another. */
    public String limit() {
        return limit;
    }

    /** When asking again may help; null when the problem's type says it, or nobody knows. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
