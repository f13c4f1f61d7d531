package dev.comuta.platform.inbound;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.ProblemWriter;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Rejects requests whose end or whose host a proxy could read differently (request smuggling), and closes their
 * connection. The HTTP decoder rejects the other ambiguous forms.
 */
@ApplicationScoped
class Framing {

    private static final int FIRST = -2000;
    private static final List<String> CHUNKED = List.of("chunked");

    private final ProblemWriter writer;

    Framing(ProblemWriter writer) {
        this.writer = writer;
    }

    void addRoute(@Observes Router router) {
        router.route().order(FIRST).handler(this::check);
    }

    private void check(RoutingContext routing) {
        String objection = objection(routing.request());
        if (objection == null) {
            routing.next();
            return;
        }
        if (routing.request().version() != HttpVersion.HTTP_2) {
            routing.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        routing.response().endHandler(ended -> routing.request().connection().close());
        writer.write(routing, Problem.of(ProblemType.INVALID, objection));
    }

    private static String objection(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            return http2Objection(request);
        }
        if (request.version() != HttpVersion.HTTP_1_1) {
            return null;
        }
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        if (!codings.isEmpty() && !CHUNKED.equals(codings)) {
            return "Transfer-Encoding: the only accepted value is chunked";
        }
        return request.headers().getAll(HttpHeaders.HOST).size() == 1 ? null : "Host: must be sent exactly once";
    }

    private static String http2Objection(HttpServerRequest request) {
        if (request.headers().getAll(HttpHeaders.HOST).size() > 1) {
            return "Host: must be sent at most once";
        }
        boolean isPlain = request.headers().entries().stream()
                .allMatch(header -> header.getValue().chars().noneMatch(Framing::dividesHeaders));
        return isPlain ? null : "a header contains a line break or U+0000";
    }

    private static boolean dividesHeaders(int character) {
        return character == '\r' || character == '\n' || character == 0;
    }
}
