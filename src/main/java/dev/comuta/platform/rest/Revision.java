package dev.comuta.platform.rest;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import jakarta.ws.rs.core.EntityTag;
import java.util.Arrays;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * A resource and the number of its revision, which is its entity tag (RFC 9110, 8.8.3).
 *
 * @param number increases with every change
 */
public record Revision<T>(T body, int number) {

    /** 200 with the entity tag. */
    public RestResponse<T> found() {
        return ResponseBuilder.ok(body).tag(tag()).build();
    }

    /**
     * 201 with the entity tag and the location of the new resource.
     *
     * @param path from the root, as in {@code /clients/1}
     */
    public RestResponse<T> created(Function<T, String> path) {
        return ResponseBuilder.<T>create(RestResponse.Status.CREATED, body)
                .location(java.net.URI.create(path.apply(body)))
                .tag(tag())
                .build();
    }

    private EntityTag tag() {
        return new EntityTag(Integer.toString(number));
    }

    /**
     * Fails with a problem when the caller names another revision.
     *
     * @param ifMatch the header {@code If-Match} as received; null for any revision
     */
    public Revision<T> require(String ifMatch) {
        boolean current = ifMatch == null
                || Arrays.stream(ifMatch.split(","))
                        .map(String::trim)
                        .anyMatch(tag -> "*".equals(tag) || tag.equals("\"" + number + "\""));
        if (!current) {
            throw Problem.of(ProblemType.STALE, "the current version has the entity tag \"" + number + "\"");
        }
        return this;
    }
}
