package dev.comuta.platform.problem;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A failed request, returned as {@code application/problem+json} (RFC 9457). The detail is written for the caller and
 * holds no stack trace, class name, SQL or secret. A problem has no stack trace of its own, because filling one costs
 * more than rejecting the request; its cause keeps its own.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int MAX_CAUSES = 10;

    private final ProblemType type;
    private final transient List<Violation> violations;
    private final String limit;
    private final transient Duration retryAfter;

    /**
     * One invalid field.
     *
     * @param field path of the field in the request, for example {@code phoneNumber}
     * @param message the rule that the field violates
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

    /** A problem of this type, with a detail of one sentence. */
    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of(), null);
    }

    /** One field is not valid. */
    public static Problem invalid(String field, String message) {
        return invalid(List.of(new Violation(field, message)));
    }

    /** Fields are not valid. At least one is named. */
    public static Problem invalid(List<Violation> violations) {
        Violation first = violations.getFirst();
        return new Problem(ProblemType.INVALID, first.field() + ": " + first.message(), violations, null);
    }

    /** The resource does not exist, or does not belong to this caller. The caller cannot distinguish the two. */
    public static Problem notFound(String what) {
        return of(ProblemType.NOT_FOUND, what + " not found");
    }

    /** The caller may retry later. The cause is for the log. */
    public static Problem unavailable(String detail, Throwable cause) {
        return new Problem(ProblemType.UNAVAILABLE, detail, List.of(), cause);
    }

    /** Whether the failure, or one of its causes, is an {@linkplain #unavailable outage}. */
    public static boolean isOutage(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .anyMatch(cause -> cause instanceof Problem problem && problem.type == ProblemType.UNAVAILABLE);
    }

    /**
     * The client has reached a limit.
     *
     * @param limit the name of the limit in the API
     * @param retryAfter the time after which a retry may succeed
     */
    public static Problem limited(String limit, Duration retryAfter) {
        return new Problem(limit, retryAfter);
    }

    public ProblemType type() {
        return type;
    }

    /** {@return the invalid fields; empty for other problems} */
    public List<Violation> violations() {
        return violations;
    }

    /** {@return the name of the limit, or null for other problems} */
    public String limit() {
        return limit;
    }

    /** {@return the time after which a retry may succeed, or null when it is the default of the type, or unknown} */
    public Duration retryAfter() {
        return retryAfter;
    }
}
