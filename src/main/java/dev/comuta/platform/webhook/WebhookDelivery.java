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
 * One request of a provider: collects the body until its deadline, and answers once, at the latest at the deadline of the
 * commit. The rest of a rejected body is read and discarded, so that the other side can read the answer; if it does not end
 * by its deadline, the connection is closed. All fields are used in the context of the request only.
 */
final class WebhookDelivery {

    private static final String CLOSE = "close";
    private static final long NO_ERROR = 0;

    private final RoutingContext routing;
    private final WebhookConfig config;
    private final WebhookPlaces places;
    private final WebhookResponder responder;
    private final Context context = Vertx.currentContext();
    private Buffer body = Buffer.buffer();
    private int held;
    private boolean complete;
    private boolean answered;
    private long deadline;
    private long timer;

    WebhookDelivery(RoutingContext routing, WebhookConfig config, WebhookPlaces places, WebhookResponder responder) {
        this.routing = routing;
        this.config = config;
        this.places = places;
        this.responder = responder;
        this.deadline = System.nanoTime() + config.bodyTimeLimit().toNanos();
        // one timer for both deadlines: most bodies are complete immediately, so it usually expires with the commit
        this.timer = startTimer(config.commitTimeLimit());
    }

    /**
     * Collects the body.
     *
     * @param store receives the complete delivery, which counts against the limits until {@link #leave}
     */
    void collect(Consumer<WebhookRequest> store) {
        HttpServerRequest request = routing.request();
        if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            routing.response().writeContinue();
        }
        request.handler(this::append)
                .endHandler(end -> complete(store))
                .exceptionHandler(hungUp -> abandon())
                .resume();
    }

    /** Rejects the delivery without collecting its body. */
    void rejectUnread(Problem problem) {
        reject(problem);
        routing.request()
                .endHandler(end -> complete(request -> {}))
                .exceptionHandler(hungUp -> abandon())
                .resume();
    }

    /** Ends the count of a complete delivery; called once, on any thread. */
    void leave() {
        places.leave(held);
    }

    /** Answers, unless the time limit has passed; on any thread. */
    void answer(Answer answer) {
        context.runOnContext(now -> {
            if (settle()) {
                responder.answer(routing, answer);
            }
        });
    }

    /** Answers with a problem, unless the time limit has passed; on any thread. */
    void fail(Throwable failure) {
        context.runOnContext(now -> reject(failure));
    }

    private void append(Buffer part) {
        if (answered) {
            return;
        }
        if (held + part.length() > config.maxBody()) {
            reject(tooLarge(config));
        } else if (places.hold(part.length())) {
            held += part.length();
            body.appendBuffer(part);
        } else {
            reject(noCapacity());
        }
    }

    private void complete(Consumer<WebhookRequest> store) {
        if (!answered && !places.enter()) {
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

    /** The connection was closed. A complete delivery is stored nevertheless. */
    private void abandon() {
        if (!complete) {
            settle();
            routing.vertx().cancelTimer(timer);
        }
    }

    private long startTimer(Duration time) {
        return routing.vertx().setTimer(Math.max(1, time.toMillis()), this::expire);
    }

    private void expire(long elapsed) {
        long left = deadline - System.nanoTime();
        if (left > 0) {
            timer = startTimer(Duration.ofNanos(left).plusMillis(1));
        } else if (complete) {
            reject(Problem.unavailable("not stored in time", null));
        } else {
            cutOff();
        }
    }

    private void cutOff() {
        boolean streams = routing.request().version() == HttpVersion.HTTP_2;
        if (!answered && !streams) {
            routing.response().putHeader(HttpHeaders.CONNECTION, CLOSE);
        }
        reject(Problem.of(ProblemType.REQUEST_TIMEOUT, "the body was not complete in time"));
        if (streams) {
            routing.response().reset(NO_ERROR);
        } else {
            routing.request().connection().close();
        }
    }

    private void reject(Throwable failure) {
        if (settle()) {
            responder.reject(routing, failure);
        }
    }

    /** Whether nothing was answered before. */
    private boolean settle() {
        boolean first = !answered;
        answered = true;
        if (complete) {
            routing.vertx().cancelTimer(timer);
        } else {
            places.release(held);
            held = 0;
            body = null;
        }
        return first;
    }

    static Problem tooLarge(WebhookConfig config) {
        return Problem.of(ProblemType.TOO_LARGE, "the body may have " + config.maxBody() + " bytes");
    }

    static Problem noCapacity() {
        return Problem.unavailable("too many deliveries in flight", null);
    }
}
