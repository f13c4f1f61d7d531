package dev.comuta.platform.rest;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Limits request bodies of the API to 1 MiB. A body without Content-Length is limited while it is read, by
 * {@code quarkus.http.limits.max-body-size}.
 */
@ApplicationScoped
class BodyLimit {

    static final long API_BYTES = 1L << 20;

    private static final int BEFORE_ROUTES = 400;

    private final ProblemWriter writer;

    BodyLimit(ProblemWriter writer) {
        this.writer = writer;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_ROUTES);
    }

    private void check(RoutingContext context) {
        if (contentLength(context) <= API_BYTES) {
            context.next();
            return;
        }
        // HTTP/2 has no such header, because its requests do not block each other
        if (context.request().version() != HttpVersion.HTTP_2) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
        writer.write(context, tooLarge());
    }

    static Problem tooLarge() {
        return Problem.of(ProblemType.TOO_LARGE, "the body must have at most " + API_BYTES + " bytes");
    }

    private static long contentLength(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException notALength) {
            return 0;
        }
    }
}
