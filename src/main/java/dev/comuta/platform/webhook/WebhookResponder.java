package dev.comuta.platform.webhook;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.Deadline;
import dev.comuta.platform.rest.ProblemTranslator;
import dev.comuta.platform.rest.ProblemWriter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Answers deliveries of providers, each once and in time. */
@ApplicationScoped
class WebhookResponder {

    private static final Logger LOG = Logger.getLogger(WebhookResponder.class);
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json;charset=UTF-8");
    private static final long WARNING_GAP_SECONDS = 1;

    private final ProblemTranslator problemOf;
    private final ProblemWriter writer;
    private final Clock clock;
    private final Counter refused;
    private final AtomicLong warnedAt = new AtomicLong();

    WebhookResponder(ProblemTranslator problemOf, ProblemWriter writer, Clock clock, MeterRegistry metrics) {
        this.problemOf = problemOf;
        this.writer = writer;
        this.clock = clock;
        this.refused = metrics.counter("comuta.webhooks.refused");
    }

    /** Whoever waits for an answer; after the limit it is told to send again. */
    Waiting await(RoutingContext request, Duration limit) {
        return new Waiting(request, limit);
    }

    /** Tells what is wrong. A refusal for want of room is counted, and logged once a second. */
    void refuse(RoutingContext request, Throwable failure) {
        Problem problem = problemOf.failure(failure);
        switch (problem.type()) {
            case INTERNAL -> LOG.error("delivery failed", failure);
            case UNAVAILABLE -> countRefusal(problem);
            default -> LOG.debugf("delivery refused: %s", problem.type());
        }
        writer.write(request, problem);
    }

    private void countRefusal(Problem problem) {
        refused.increment();
        long now = clock.instant().getEpochSecond();
        long before = warnedAt.get();
        if (now >= before + WARNING_GAP_SECONDS && warnedAt.compareAndSet(before, now)) {
            LOG.warnf("deliveries are refused: %s", problem.getMessage());
        }
    }

    /** One request without its answer; every method may be called on any thread. */
    final class Waiting {

        private final RoutingContext request;
        private final Context context = Vertx.currentContext();
        private final long timer;

        private Waiting(RoutingContext request, Duration limit) {
            this.request = request;
            this.timer = request.vertx().setTimer(limit.toMillis(), late -> refuse(request, Deadline.missed()));
        }

        void accepted(Buffer answer) {
            context.runOnContext(now -> end(answer));
        }

        void failed(Throwable failure) {
            context.runOnContext(now -> {
                if (request.vertx().cancelTimer(timer)) {
                    refuse(request, failure);
                }
            });
        }

        private void end(Buffer answer) {
            HttpServerResponse response = request.response();
            if (request.vertx().cancelTimer(timer) && !response.closed()) {
                response.putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(answer);
            }
        }
    }
}
