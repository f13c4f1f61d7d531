package dev.comuta.platform;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A problem as it leaves the process (RFC 9457).
 *
 * @param instance path of the request
 * @param traceId the caller's W3C trace id when it sent one, else a new one; a 500 is in the log under it
 * @param violations the fields that are not valid; empty when the problem is another
 */
@Schema(name = "Problem", description = "RFC 9457 problem details")
public record ProblemDocument(
        @Schema(examples = "https://comuta.dev/problems/invalid-request")
        String type,

        @Schema(examples = "The request is not valid") String title,
        @Schema(examples = "400") int status,

        @Schema(examples = "phoneNumber: is not a telephone number")
        String detail,

        @Schema(examples = "/clients/1/users") String instance,

        @Schema(examples = "4bf92f3577b34da6a3ce929d0e0e4736")
        String traceId,

        List<Problem.Violation> violations) {

    static final String MEDIA_TYPE = "application/problem+json";

    static ProblemDocument of(Problem problem, String path, String traceId) {
        ProblemType type = problem.type();
        return new ProblemDocument(
                type.uri(), type.title(), type.status(), problem.getMessage(), path, traceId, problem.violations());
    }
}
