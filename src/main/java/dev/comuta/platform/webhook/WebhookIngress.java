package dev.comuta.platform.webhook;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.RequestLabels;
import dev.comuta.platform.security.ProcessConfig;
import io.quarkus.arc.All;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;

/**
 * The entry point of the webhooks of all providers: admits deliveries up to the limits, authenticates them, and
 * responds. Webhooks are most of the server's requests, so they bypass the REST framework and its filters.
 */
@ApplicationScoped
class WebhookIngress {

    /**
     * Route order: after the filter that begins a trace ({@code platform.rest.TracedRequests}), before all other
     * filters.
     */
    private static final int BEFORE_FILTERS = -900;

    /** Checked for a delivery of an unknown owner, so that the rejection takes as long as that of a known owner. */
    private static final List<String> DUMMY_SECRETS = List.of(StandardWebhook.newSecret());

    private final List<WebhookEndpoint<?>> endpoints;
    private final ProcessConfig roles;
    private final WebhookConfig config;
    private final WebhookCapacity capacity;
    private final WebhookResponder responder;

    WebhookIngress(
            @All List<WebhookEndpoint<?>> endpoints,
            ProcessConfig roles,
            WebhookConfig config,
            WebhookCapacity capacity,
            WebhookResponder responder) {
        this.endpoints = endpoints;
        this.roles = roles;
        this.config = config;
        this.capacity = capacity;
        this.responder = responder;
    }

    void addRoutes(@Observes Router router) {
        if (roles.isWeb()) {
            endpoints.forEach(endpoint -> router.route(endpoint.method(), endpoint.path())
                    .order(BEFORE_FILTERS)
                    .handler(routing -> admit(endpoint, routing)));
        }
    }

    private void admit(WebhookEndpoint<?> endpoint, RoutingContext routing) {
        RequestLabels.answeredBy(routing, endpoint.path());
        WebhookDelivery delivery = new WebhookDelivery(routing, config, capacity, responder);
        Problem objection = objection(endpoint, routing.request());
        if (objection == null) {
            delivery.collect(request -> store(endpoint, request, delivery));
        } else {
            delivery.rejectUnread(objection);
        }
    }

    /** {@return the problem that the headers alone show, or null when they show none} */
    private Problem objection(WebhookEndpoint<?> endpoint, HttpServerRequest request) {
        if (endpoint.isBusy() || capacity.isFull()) {
            return WebhookDelivery.noCapacity();
        }
        if (contentLength(request) > config.maxBody()) {
            return WebhookDelivery.tooLarge(config);
        }
        Set<String> types = endpoint.mediaTypes();
        return types.isEmpty() || isAcceptable(types, request)
                ? null
                : Problem.of(
                        ProblemType.UNSUPPORTED_MEDIA_TYPE,
                        "send " + String.join(" or ", types) + " without Content-Encoding");
    }

    private <O> void store(WebhookEndpoint<O> endpoint, WebhookRequest request, WebhookDelivery delivery) {
        try {
            endpoint.owner(request)
                    .invoke(owner -> authenticate(endpoint, owner, request))
                    .chain(owner -> endpoint.accept(owner, request))
                    .onTermination()
                    .invoke(delivery::release)
                    .subscribe()
                    .with(delivery::answer, delivery::fail);
        } catch (RuntimeException failure) {
            delivery.release();
            delivery.fail(failure);
        }
    }

    static <O> void authenticate(WebhookEndpoint<O> endpoint, O owner, WebhookRequest request) {
        List<String> secrets = endpoint.secrets(owner);
        boolean signed = false;
        for (String secret : secrets.isEmpty() ? DUMMY_SECRETS : secrets) {
            signed |= endpoint.isSigned(owner, secret, request);
        }
        if (!signed || secrets.isEmpty()) {
            throw endpoint.rejection(request);
        }
    }

    private static boolean isAcceptable(Set<String> types, HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        boolean accepted = false;
        for (String one : types) {
            accepted |= type != null && isOfType(one, type);
        }
        return accepted && !request.headers().contains(HttpHeaders.CONTENT_ENCODING);
    }

    /** Whether the type is the accepted one, with or without parameters. */
    private static boolean isOfType(String accepted, String type) {
        int length = accepted.length();
        return type.regionMatches(true, 0, accepted, 0, length)
                && (type.length() == length || type.charAt(length) == ';' || type.charAt(length) == ' ');
    }

    /** The declared length of the body; -1 when there is none. */
    private static long contentLength(HttpServerRequest request) {
        try {
            return Long.parseLong(request.getHeader(HttpHeaders.CONTENT_LENGTH));
        } catch (NumberFormatException notDeclared) {
            return -1;
        }
    }
}
