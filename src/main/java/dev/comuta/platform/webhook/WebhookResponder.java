package dev.comuta.platform.webhook;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.ProblemTranslator;
import dev.comuta.platform.rest.ProblemWriter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Writes the responses to deliveries. Counts and logs rejections. */
@ApplicationScoped
class WebhookResponder {

    private static final Logger LOG = Logger.getLogger(WebhookResponder.class);
    private static final long MIN_SECONDS_BETWEEN_WARNINGS = 1;

    private final ProblemTranslator translator;
    private final ProblemWriter writer;
    private final Clock clock;
    private final Counter rejected;
    private final AtomicLong warnedAt = new AtomicLong();

    WebhookResponder(ProblemTranslator translator, ProblemWriter writer, Clock clock, MeterRegistry metrics) {
        this.translator = translator;
        this.writer = writer;
        this.clock = clock;
        this.rejected = metrics.counter("comuta.webhooks.refused");
    }

    void answer(RoutingContext request, Answer answer) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        if (answer.body() == null) {
            response.end();
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType()).end(answer.body());
        }
    }

    /** Responds with a problem. Counts every 503, and logs at most one 503 per second. */
    void reject(RoutingContext request, Throwable failure) {
        Problem problem = translator.failure(failure);
        switch (problem.type()) {
            case INTERNAL -> LOG.error("delivery failed", failure);
            case UNAVAILABLE -> countRejection(problem);
            default -> LOG.debugf("delivery rejected: %s", problem.type());
        }
        if (problem.type() == ProblemType.UNAUTHENTICATED && !request.response().headWritten()) {
            request.response().putHeader("WWW-Authenticate", "Signature");
        }
        writer.write(request, problem);
    }

    private void countRejection(Problem problem) {
        rejected.increment();
        long now = clock.instant().getEpochSecond();
        long before = warnedAt.get();
        if (now >= before + MIN_SECONDS_BETWEEN_WARNINGS && warnedAt.compareAndSet(before, now)) {
            LOG.warnf("deliveries are rejected: %s", problem.getMessage());
        }
    }
}
