package dev.comuta.platform.rest;

import dev.comuta.platform.json.BodyCheck;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import io.quarkus.arc.All;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Limits request bodies of the API to 1 MiB, except {@link StreamedBodies}. {@link BodyCheck} limits a body without
 * Content-Length while it is read.
 */
@ApplicationScoped
class BodyLimit {

    private static final long API_BYTES = BodyCheck.MAX_BYTES;

    /** Beyond it Quarkus ends the response and the connection; BodyCheck rejects with a problem before. */
    private static final long BACKSTOP = 2 * API_BYTES;

    private static final int BEFORE_ROUTES = 400;

    /** After Quarkus entered its own limit, which is that of the largest body. */
    private static final int AFTER_LIMIT = -1;

    /** The name under which Quarkus keeps the limit of a body without Content-Length. */
    private static final String LIMIT_WHILE_READING = VertxHttpRecorder.MAX_REQUEST_SIZE_KEY;

    private final ProblemWriter writer;
    private final List<StreamedBodies> streamed;

    BodyLimit(ProblemWriter writer, @All List<StreamedBodies> streamed) {
        this.writer = writer;
        this.streamed = streamed;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_ROUTES);
    }

    void addRoute(@Observes Router router) {
        router.route().order(AFTER_LIMIT).handler(this::limitWhileReading);
    }

    private void limitWhileReading(RoutingContext context) {
        if (context.get(LIMIT_WHILE_READING) != null) {
            context.put(LIMIT_WHILE_READING, Math.max(limit(context), BACKSTOP));
        }
        context.next();
    }

    private long limit(RoutingContext context) {
        return streamed.stream()
                .filter(bodies -> bodies.contains(context.request()))
                .map(StreamedBodies::maxBytes)
                .findFirst()
                .orElse(API_BYTES);
    }

    private void check(RoutingContext context) {
        long limit = limit(context);
        if (contentLength(context) <= limit) {
            context.next();
            return;
        }
        // HTTP/2 has no such header, because its requests do not block each other
        if (context.request().version() != HttpVersion.HTTP_2) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
        writer.write(context, tooLarge(limit));
    }

    private static Problem tooLarge(long limit) {
        return Problem.of(ProblemType.TOO_LARGE, "the body must have at most " + limit + " bytes");
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
