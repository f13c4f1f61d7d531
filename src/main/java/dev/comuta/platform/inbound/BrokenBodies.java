package dev.comuta.platform.inbound;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.ProblemWriter;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;

/**
 * Responds with a problem to a request whose chunked body the decoder cannot read. Vert.x would close the connection without
 * a response.
 */
@ApplicationScoped
class BrokenBodies {

    private static final int AFTER_FRAMING = -1900;

    private final ProblemWriter writer;

    BrokenBodies(ProblemWriter writer) {
        this.writer = writer;
    }

    void addRoute(@Observes Router router) {
        router.route().order(AFTER_FRAMING).handler(this::watch);
    }

    private void watch(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (request.connection() instanceof HttpServerConnection connection
                && request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            connection.exceptionHandler(failure -> answer(routing, connection, failure));
            routing.addEndHandler(ended -> forget(routing.request(), connection));
        }
        routing.next();
    }

    /** The rest of a body may still arrive after the response. */
    private static void forget(HttpServerRequest request, HttpServerConnection connection) {
        if (request.isEnded()) {
            connection.exceptionHandler(null);
        }
    }

    private void answer(RoutingContext routing, HttpServerConnection connection, Throwable failure) {
        if (failure instanceof IOException || routing.request().isEnded()) {
            return;
        }
        if (!routing.response().headWritten()) {
            routing.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            writer.write(
                    routing,
                    Problem.of(ProblemType.INVALID, "the body is not divided into chunks as RFC 9112, 7.1 requires"));
        }
        // The connection is closed next, and would lose what is not flushed, also an earlier response.
        connection.channel().flush();
    }
}
