package dev.comuta.platform.webhook;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One request of a provider. It collects the body until the body's deadline, and responds exactly once, at the latest
 * at the deadline of the commit. The rest of a rejected body is read and discarded, so that the provider can read the
 * response; when it does not end by its deadline, the connection is closed. Fields change only in the Vert.x context of
 * the request.
 */
final class WebhookDelivery {

    private static final String CLOSE = "close";
    private static final long NO_ERROR = 0;

    private final RoutingContext routing;
    private final WebhookConfig config;
    private final WebhookCapacity capacity;
    private final WebhookResponder responder;
    private final Context context = Vertx.currentContext();
    private Buffer body = Buffer.buffer();
    private int countedBytes;
    private boolean complete;
    private boolean answered;
    private long deadline;
    private long timer;

    WebhookDelivery(
            RoutingContext routing, WebhookConfig config, WebhookCapacity capacity, WebhookResponder responder) {
        this.routing = routing;
        this.config = config;
        this.capacity = capacity;
        this.responder = responder;
        this.deadline = System.nanoTime() + config.bodyTimeLimit().toNanos();
        // One timer serves both deadlines. Most bodies are complete immediately, so it starts with the commit's limit.
        this.timer = startTimer(config.commitTimeLimit());
    }

    /**
     * Collects the body.
     *
     * @param store receives the complete delivery, which counts against the limits until {@link #release}
     */
    void collect(Consumer<WebhookRequest> store) {
        HttpServerRequest request = routing.request();
        if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            routing.response().writeContinue();
        }
        request.handler(this::append)
                .endHandler(end -> complete(store))
                .exceptionHandler(closed -> connectionClosed())
                .resume();
    }

    /** Rejects the delivery without collecting its body. */
    void rejectUnread(Problem problem) {
        reject(problem);
        routing.request()
                .endHandler(end -> complete(request -> {}))
                .exceptionHandler(closed -> connectionClosed())
                .resume();
    }

    /** Stops counting a complete delivery against the limits. Called once, on any thread. */
    void release() {
        capacity.removeDelivery(countedBytes);
    }

    /** Sends the response, unless one was sent before. May be called on any thread. */
    void answer(Answer answer) {
        context.runOnContext(now -> {
            if (markAnswered()) {
                responder.answer(routing, answer);
            }
        });
    }

    /** Sends a problem, unless a response was sent before. May be called on any thread. */
    void fail(Throwable failure) {
        context.runOnContext(now -> reject(failure));
    }

    private void append(Buffer part) {
        if (answered) {
            return;
        }
        if (countedBytes + part.length() > config.maxBody()) {
            reject(tooLarge(config));
        } else if (capacity.addBytes(part.length())) {
            countedBytes += part.length();
            body.appendBuffer(part);
        } else {
            reject(noCapacity());
        }
    }

    private void complete(Consumer<WebhookRequest> store) {
        if (!answered && !capacity.addDelivery()) {
            reject(noCapacity());
        }
        complete = true;
        if (answered) {
            routing.vertx().cancelTimer(timer);
        } else {
            deadline = System.nanoTime() + config.commitTimeLimit().toNanos();
            store.accept(new WebhookRequest(routing.request(), body.getBytes()));
        }
    }

    /** An incomplete delivery is dropped. A complete one is stored nevertheless. */
    private void connectionClosed() {
        if (!complete) {
            markAnswered();
            routing.vertx().cancelTimer(timer);
        }
    }

    private long startTimer(Duration time) {
        return routing.vertx().setTimer(Math.max(1, time.toMillis()), this::expire);
    }

    private void expire(long timerId) {
        long remaining = deadline - System.nanoTime();
        if (remaining > 0) {
            timer = startTimer(Duration.ofNanos(remaining).plusMillis(1));
        } else if (complete) {
            reject(Problem.unavailable("the delivery was not stored in time", null));
        } else {
            closeIncomplete();
        }
    }

    private void closeIncomplete() {
        boolean isHttp2 = routing.request().version() == HttpVersion.HTTP_2;
        if (!answered && !isHttp2) {
            routing.response().putHeader(HttpHeaders.CONNECTION, CLOSE);
        }
        reject(Problem.of(ProblemType.REQUEST_TIMEOUT, "the body was not complete in time"));
        if (isHttp2) {
            routing.response().reset(NO_ERROR);
        } else {
            routing.request().connection().close();
        }
    }

    private void reject(Throwable failure) {
        if (markAnswered()) {
            responder.reject(routing, failure);
        }
    }

    /** Returns whether this is the first response. An incomplete delivery no longer counts against the limits. */
    private boolean markAnswered() {
        boolean first = !answered;
        answered = true;
        if (complete) {
            routing.vertx().cancelTimer(timer);
        } else {
            capacity.removeBytes(countedBytes);
            countedBytes = 0;
            body = null;
        }
        return first;
    }

    static Problem tooLarge(WebhookConfig config) {
        return Problem.of(ProblemType.TOO_LARGE, "the body may have at most " + config.maxBody() + " bytes");
    }

    static Problem noCapacity() {
        return Problem.unavailable("too many deliveries in flight", null);
    }
}
