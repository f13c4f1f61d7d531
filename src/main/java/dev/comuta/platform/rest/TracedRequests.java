package dev.comuta.platform.rest;

import dev.comuta.platform.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/** Gives each request its trace id, and a span when tracing is on. */
@ApplicationScoped
class TracedRequests {

    private static final int BEFORE_ALL_OTHERS = 1000;
    private static final int BROKEN = 500;
    private static final Pattern VALUE = Pattern.compile("/[^/]*[^a-z/-][^/]*");

    private final Tracing tracing;

    TracedRequests(Tracing tracing) {
        this.tracing = tracing;
    }

    void register(@Observes Filters filters) {
        filters.register(this::trace, BEFORE_ALL_OTHERS);
    }

    private void trace(RoutingContext context) {
        if (tracing.on()) {
            Span span = tracing.begin(context.request().getHeader(Tracing.HEADER), SpanKind.SERVER, name(context));
            context.addEndHandler(sent -> end(span, context.response().getStatusCode()));
        }
        RequestTrace.id(context.request());
        context.next();
    }

    /** Method and path, without values: a path segment with other characters than letters and hyphens is a value. */
    private static String name(RoutingContext context) {
        return context.request().method() + " "
                + VALUE.matcher(context.normalizedPath()).replaceAll("/{}");
    }

    private static void end(Span span, int status) {
        span.setAttribute("http.response.status_code", status);
        if (status >= BROKEN) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }
}
