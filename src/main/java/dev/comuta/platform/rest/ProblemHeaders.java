package dev.comuta.platform.rest;

import dev.comuta.platform.problem.Problem;
import java.time.Duration;
import java.util.Map;

/** The response headers of a problem. */
final class ProblemHeaders {

    private ProblemHeaders() {}

    static Map<String, String> of(Problem problem) {
        return switch (problem.type()) {
            case LIMIT_REACHED -> Map.of("Retry-After", seconds(problem.retryAfter()));
            case UNAVAILABLE -> Map.of("Retry-After", "1");
            case UNAUTHENTICATED -> Map.of("WWW-Authenticate", "Bearer");
            default -> Map.of();
        };
    }

    /** Whole seconds, rounded up. */
    private static String seconds(Duration wait) {
        return Long.toString(wait.plusMillis(999).toSeconds());
    }
}
