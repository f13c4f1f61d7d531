package dev.comuta.platform.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.quarkus.opentelemetry.runtime.QuarkusContextStorage;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Supplier;

/**
 * Creates every span. When tracing is off, it costs one comparison. The {@code traceparent} (W3C Trace Context)
 * continues a trace: in request headers, and in BackgroundTasks.TraceParent from a task's request to its attempts.
 *
 * <p>Names and attributes hold types and ids, never message text, telephone numbers, URLs of clients, or secrets.
 */
@ApplicationScoped
public class Tracing {

    /** The header of W3C Trace Context. */
    public static final String HEADER = "traceparent";

    private final Tracer tracer;
    private final boolean on;

    public Tracing(OpenTelemetry telemetry, TracesConfig config) {
        this.tracer = telemetry.getTracer("dev.comuta");
        this.on = !config.disabled();
    }

    /** Whether tracing is on in this process. */
    public boolean on() {
        return on;
    }

    /** {@return the traceparent of the current span, or null when there is none} */
    public String current() {
        if (!on) {
            return null;
        }
        SpanContext span = Span.current().getSpanContext();
        return span.isValid()
                ? "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                        + span.getTraceFlags().asHex()
                : null;
    }

    /** Runs work in a child of the current span. */
    public <T> Uni<T> span(SpanKind kind, String name, Attributes attributes, Supplier<Uni<T>> work) {
        return on ? traced(builder(kind, name, attributes), work) : work.get();
    }

    /** Runs work in a span of the trace of the traceparent; of a new trace when it is null or invalid. */
    public <T> Uni<T> continued(
            String traceParent, SpanKind kind, String name, Attributes attributes, Supplier<Uni<T>> work) {
        return on ? traced(builder(kind, name, attributes).setParent(parent(traceParent)), work) : work.get();
    }

    /** Runs work that belongs to several traces, in a span of the first trace with links to the others. */
    public <T> Uni<T> shared(
            List<String> traceParents, SpanKind kind, String name, Attributes attributes, Supplier<Uni<T>> work) {
        if (!on || traceParents.isEmpty()) {
            return work.get();
        }
        SpanBuilder builder = builder(kind, name, attributes).setParent(parent(traceParents.getFirst()));
        traceParents.stream()
                .skip(1)
                .map(other -> Span.fromContext(parent(other)).getSpanContext())
                .forEach(builder::addLink);
        return traced(builder, work);
    }

    /** Begins a span that the caller ends, and makes it the current span of this Vert.x context. */
    public Span begin(String traceParent, SpanKind kind, String name) {
        Span span = builder(kind, name, Attributes.empty())
                .setParent(parent(traceParent))
                .startSpan();
        // not closed: the request's own Vert.x context ends with the request
        makeCurrent(span);
        return span;
    }

    private SpanBuilder builder(SpanKind kind, String name, Attributes attributes) {
        return tracer.spanBuilder(name).setSpanKind(kind).setAllAttributes(attributes);
    }

    private static <T> Uni<T> traced(SpanBuilder builder, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Span span = builder.startSpan();
            Scope scope = makeCurrent(span);
            return work.get().onTermination().invoke((item, failure, cancelled) -> {
                scope.close();
                end(span, failure != null || cancelled);
            });
        });
    }

    /** Only in a duplicated Vert.x context, where the work finds the span on every thread and other work does not. */
    private static Scope makeCurrent(Span span) {
        return VertxContext.isOnDuplicatedContext()
                ? QuarkusContextStorage.INSTANCE.attach(Context.root().with(span))
                : Scope.noop();
    }

    private static void end(Span span, boolean failed) {
        if (failed) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    private static Context parent(String traceParent) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), traceParent, new OneHeader());
    }

    /** Reads a traceparent as the only header of a request. */
    private static final class OneHeader implements TextMapGetter<String> {

        @Override
        public Iterable<String> keys(String traceParent) {
            return List.of(HEADER);
        }

        @Override
        public String get(String traceParent, String name) {
            return HEADER.equals(name) ? traceParent : null;
        }
    }
}
