package dev.comuta.platform;

import java.util.Map;

/** Headers that go with a type of problem. */
final class ProblemHeaders {

    private ProblemHeaders() {}

    static Map<String, String> of(ProblemType type) {
        return switch (type) {
            case UNAVAILABLE -> Map.of("Retry-After", "1");
            case UNAUTHENTICATED -> Map.of("WWW-Authenticate", "Bearer");
            default -> Map.of();
        };
    }
}
