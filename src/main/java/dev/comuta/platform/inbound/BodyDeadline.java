package dev.comuta.platform.inbound;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.ProblemWriter;
import dev.comuta.platform.rest.StreamedBodies;
import io.quarkus.arc.All;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Limits the time in which the body of a request arrives. Webhooks have a shorter limit of their own, and
 * {@link StreamedBodies} a longer one. An idle connection is closed by {@code quarkus.http.idle-timeout}, but a body can
 * arrive byte by byte.
 */
@ApplicationScoped
class BodyDeadline {

    private static final int AFTER_FRAMING = -1900;
    private static final int NO_ERROR = 0;
    private static final String NOTHING = "0";
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final ProblemWriter writer;
    private final Duration limit;
    private final List<StreamedBodies> streamed;

    BodyDeadline(ProblemWriter writer, RequestConfig config, @All List<StreamedBodies> streamed) {
        this.writer = writer;
        this.limit = config.bodyTimeLimit();
        this.streamed = streamed;
    }

    void addRoute(@Observes Router router) {
        router.route().order(AFTER_FRAMING).handler(this::begin);
    }

    private void begin(RoutingContext routing) {
        if (hasBody(routing.request())) {
            long millis = limit(routing.request()).toMillis();
            long timer = routing.vertx().setTimer(millis, expired -> end(routing));
            routing.addEndHandler(ended -> routing.vertx().cancelTimer(timer));
        }
        routing.next();
    }

    private Duration limit(HttpServerRequest request) {
        return streamed.stream()
                .filter(bodies -> bodies.contains(request))
                .map(StreamedBodies::timeLimit)
                .findFirst()
                .orElse(limit);
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.version() == HttpVersion.HTTP_2
                ? WITH_BODY.contains(request.method())
                : request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                        || (length != null && !NOTHING.equals(length));
    }

    private void end(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (request.isEnded() || routing.response().headWritten()) {
            return;
        }
        boolean isHttp2 = request.version() == HttpVersion.HTTP_2;
        if (!isHttp2) {
            routing.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        writer.write(routing, Problem.of(ProblemType.REQUEST_TIMEOUT, "the body was not complete in time"));
        if (isHttp2) {
            routing.response().reset(NO_ERROR);
        } else {
            request.connection().close();
        }
    }
}
