package dev.comuta.platform.rest;

import io.micrometer.core.instrument.Tags;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/**
 * Labels of requests in metrics. The label {@code uri} is the path template of the operation that answers, and one constant
 * for all other requests. No label holds text of a caller: paths contain personal data, and each value is one more series.
 */
@ApplicationScoped
public class RequestLabels implements HttpServerMetricsTagsContributor {

    static final String NO_OPERATION = "/unmatched";

    /** The REST framework writes the template of the operation that it finds under this key. */
    private static final String TEMPLATE = "UrlPathTemplate";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final int FIRST = -3000;

    void addRoute(@Observes Router router) {
        router.route().order(FIRST).handler(routing -> {
            answeredBy(routing, NO_OPERATION);
            routing.next();
        });
    }

    /** Names the operation that answers a request outside the REST framework. */
    public static void answeredBy(RoutingContext routing, String template) {
        if (routing.request() instanceof HttpServerRequestInternal request) {
            request.context().putLocal(TEMPLATE, template);
        }
    }

    /** Labels that replace those of Quarkus: for an unknown method, and for a request that reached no route. */
    @Override
    public Tags contribute(Context context) {
        HttpServerRequest request = context.request();
        Tags labels = METHODS.contains(request.method().name()) ? Tags.empty() : Tags.of("method", "OTHER");
        return hasTemplate(request) ? labels : labels.and("uri", NO_OPERATION);
    }

    private static boolean hasTemplate(HttpServerRequest request) {
        return request instanceof HttpServerRequestInternal known
                && known.context().getLocal(TEMPLATE) != null;
    }
}
