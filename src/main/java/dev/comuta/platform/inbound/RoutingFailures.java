package dev.comuta.platform.inbound;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.ProblemTranslator;
import dev.comuta.platform.rest.ProblemWriter;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import org.jboss.logging.Logger;

/**
 * Responds with a problem to a request that fails before its operation is found, for example for a missing host. The
 * framework's own handler would log the URI, whose query may hold personal data.
 */
@ApplicationScoped
class RoutingFailures {

    private static final Logger LOG = Logger.getLogger(RoutingFailures.class);

    /** Before every route, because the first failure handler responds. */
    private static final int FIRST = -4000;

    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private final ProblemWriter writer;
    private final ProblemTranslator translator;

    RoutingFailures(ProblemWriter writer, ProblemTranslator translator) {
        this.writer = writer;
        this.translator = translator;
    }

    void addRoute(@Observes Router router) {
        router.route().order(FIRST).failureHandler(this::answer);
    }

    private void answer(RoutingContext routing) {
        if (routing.failure() instanceof SecurityException || routing.response().headWritten()) {
            routing.next();
            return;
        }
        Problem problem = problem(routing);
        if (problem.type() == ProblemType.INVALID && routing.request().version() != HttpVersion.HTTP_2) {
            routing.response()
                    .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                    .endHandler(ended -> routing.request().connection().close());
        }
        writer.write(routing, problem);
        if (problem.type() == ProblemType.INTERNAL) {
            String traceId = routing.response().headers().get("Trace-Id");
            LOG.errorf(routing.failure(), "request failed, traceId=%s", traceId);
        }
    }

    private Problem problem(RoutingContext routing) {
        int status = routing.statusCode();
        if (status < CLIENT_ERROR || status >= SERVER_ERROR) {
            return translator.failure(routing.failure());
        }
        return Arrays.stream(ProblemType.values())
                .filter(type -> type.status() == status)
                .findFirst()
                .map(type -> Problem.of(type, "the request cannot be read"))
                .orElseGet(() -> Problem.of(ProblemType.INVALID, "the request cannot be read"));
    }
}
