package dev.comuta.platform.rest;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rate.RateLimitHeaders;
import java.util.Map;

/** The response headers of a problem. */
final class ProblemHeaders {

    private ProblemHeaders() {}

    static Map<String, String> of(Problem problem) {
        return switch (problem.type()) {
            case LIMIT_REACHED -> Map.of("Retry-After", Long.toString(RateLimitHeaders.seconds(problem.retryAfter())));
            case UNAVAILABLE -> Map.of("Retry-After", "1");
            case UNAUTHENTICATED -> Map.of("WWW-Authenticate", "Bearer");
            default -> Map.of();
        };
    }
}
