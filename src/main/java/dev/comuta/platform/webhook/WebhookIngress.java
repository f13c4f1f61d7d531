package dev.comuta.platform.webhook;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.security.ProcessConfig;
import dev.comuta.platform.trace.Tracing;
import io.quarkus.arc.All;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets deliveries of providers in, as many as there is room for; the rest are refused before they are read. Only the
 * plain form of a request passes here (POST of JSON whose length is told); any other goes on to the REST framework, and
 * all do in a process that traces, because a request's trace begins there.
 */
@ApplicationScoped
class WebhookIngress {

    private static final int BEFORE_FILTERS = -1000;
    private static final String JSON = "application/json";

    private final List<Webhook> webhooks;
    private final ProcessConfig roles;
    private final Tracing tracing;
    private final WebhookConfig config;
    private final WebhookResponder answers;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong bytesInFlight = new AtomicLong();

    WebhookIngress(
            @All List<Webhook> webhooks,
            ProcessConfig roles,
            Tracing tracing,
            WebhookConfig config,
            WebhookResponder answers) {
        this.webhooks = webhooks;
        this.roles = roles;
        this.tracing = tracing;
        this.config = config;
        this.answers = answers;
    }

    void open(@Observes Router router) {
        if (roles.isWeb() && !tracing.on()) {
            webhooks.forEach(webhook ->
                    router.post(webhook.path()).order(BEFORE_FILTERS).handler(context -> admit(webhook, context)));
        }
    }

    private void admit(Webhook webhook, RoutingContext context) {
        HttpServerRequest request = context.request();
        int length = isPlain(request) ? announced(request) : -1;
        if (length < 0 || length > config.maxBody()) {
            context.next();
            return;
        }
        if (!webhook.isBusy() && takePlace(length)) {
            request.body().onSuccess(body -> receive(webhook, context, body)).onFailure(hungUp -> givePlace(length));
        } else {
            answers.refuse(context, Problem.unavailable("too many deliveries are under way", null));
        }
        request.resume();
    }

    private void receive(Webhook webhook, RoutingContext context, Buffer body) {
        WebhookResponder.Waiting caller = answers.await(context, webhook.timeLimit());
        int length = body.length();
        try {
            webhook.receive(context.request().headers(), body.getBytes())
                    .onTermination()
                    .invoke(() -> givePlace(length))
                    .subscribe()
                    .with(caller::accepted, caller::failed);
        } catch (RuntimeException failure) {
            givePlace(length);
            caller.failed(failure);
        }
    }

    private boolean takePlace(int length) {
        int deliveries = inFlight.incrementAndGet();
        long bytes = bytesInFlight.addAndGet(length);
        if (deliveries <= config.maxInFlight() && bytes <= config.maxInFlightBytes()) {
            return true;
        }
        givePlace(length);
        return false;
    }

    private void givePlace(int length) {
        inFlight.decrementAndGet();
        bytesInFlight.addAndGet(-length);
    }

    private static boolean isPlain(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return type != null
                && type.regionMatches(true, 0, JSON, 0, JSON.length())
                && (accept == null || accept.contains("*/*") || accept.contains(JSON))
                && !request.headers().contains(HttpHeaders.CONTENT_ENCODING);
    }

    private static int announced(HttpServerRequest request) {
        try {
            return Integer.parseInt(request.getHeader(HttpHeaders.CONTENT_LENGTH));
        } catch (NumberFormatException notTold) {
            return -1;
        }
    }
}
