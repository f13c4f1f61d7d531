package dev.comuta.platform.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trace id of a request: from its span when it is traced, else from its {@code traceparent} header (W3C Trace
 * Context), else a new one.
 */
public final class TraceId {

    private static final Pattern TRACE_PARENT =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    private TraceId() {}

    /**
     * The id of the current trace, else of the trace in the header, else a new one.
     *
     * @param traceParent the header as received; may be null
     */
    public static String of(String traceParent) {
        SpanContext traced = Span.current().getSpanContext();
        if (traced.isValid()) {
            return traced.getTraceId();
        }
        Matcher header = TRACE_PARENT.matcher(traceParent == null ? "" : traceParent);
        if (header.matches()) {
            return header.group(1);
        }
        HexFormat hex = HexFormat.of();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
