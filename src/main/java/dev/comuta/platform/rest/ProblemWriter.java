package dev.comuta.platform.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.platform.problem.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Responds with a problem before a resource is reached: keys, limits. */
@ApplicationScoped
public class ProblemWriter {

    private final ObjectMapper json;

    public ProblemWriter(ObjectMapper json) {
        this.json = json;
    }

    /** Writes the problem. A header that the response has already is not replaced. */
    public void write(RoutingContext context, Problem problem) {
        write(context.request(), problem);
    }

    /** Writes the problem of a request that no route gets. */
    public void write(HttpServerRequest request, Problem problem) {
        HttpServerResponse response = request.response();
        if (response.ended()) {
            return;
        }
        response.setStatusCode(problem.type().status());
        response.putHeader(HttpHeaders.CONTENT_TYPE, ProblemDocument.MEDIA_TYPE);
        ProblemHeaders.of(problem).forEach((name, value) -> {
            if (!response.headers().contains(name)) {
                response.putHeader(name, value);
            }
        });
        response.end(body(request, problem));
    }

    private Buffer body(HttpServerRequest request, Problem problem) {
        String traceId = RequestTrace.id(request);
        try {
            ProblemDocument document = ProblemDocument.of(problem, request.path(), traceId);
            return Buffer.buffer(json.writeValueAsBytes(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is a record of texts", e);
        }
    }
}
