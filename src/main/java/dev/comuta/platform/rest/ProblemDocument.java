package dev.comuta.platform.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import java.util.List;

/**
 * A problem as the API returns it (RFC 9457).
 *
 * @param instance path of the request
 * @param traceId the caller's W3C trace id when it sent one, else a new one; a 500 is in the log under it
 * @param violations the invalid fields; empty for other problems
 * @param limit the name of the limit that is reached; absent for other problems
 */
public record ProblemDocument(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String traceId,
        List<Problem.Violation> violations,
        @JsonInclude(JsonInclude.Include.NON_NULL) String limit) {

    public static final String MEDIA_TYPE = "application/problem+json";

    static ProblemDocument of(Problem problem, String path, String traceId) {
        ProblemType type = problem.type();
        return new ProblemDocument(
                type.uri(),
                type.title(),
                type.status(),
                problem.getMessage(),
                path,
                traceId,
                problem.violations(),
                problem.limit());
    }
}
