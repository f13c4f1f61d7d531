package dev.comuta.sandbox;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A trace collector: OTLP over HTTP, in protobuf. */
public final class TraceCollector implements SimulatedProvider {

    private final List<CollectedSpan> spans = new CopyOnWriteArrayList<>();

    /**
     * A span that the server exported.
     *
     * @param traceId hexadecimal
     * @param spanId hexadecimal
     * @param parentId hexadecimal; empty for a root span
     * @param text attributes, events with their exceptions, and status
     */
    public record CollectedSpan(String traceId, String spanId, String parentId, String name, String text) {

        private static final TextFormat.Printer PRINTER = TextFormat.printer().escapingNonAscii(false);

        private static CollectedSpan of(Span span) {
            return new CollectedSpan(
                    hex(span.getTraceId()),
                    hex(span.getSpanId()),
                    hex(span.getParentSpanId()),
                    span.getName(),
                    PRINTER.printToString(span));
        }

        private static String hex(ByteString bytes) {
            return HexFormat.of().formatHex(bytes.toByteArray());
        }
    }

    /** All spans that were exported so far. */
    public List<CollectedSpan> spans() {
        return List.copyOf(spans);
    }

    @Override
    public String name() {
        return "collector";
    }

    @Override
    public boolean owns(String path) {
        return path.equals("/v1/traces");
    }

    @Override
    public void answer(Exchange exchange) {
        try {
            ExportTraceServiceRequest.parseFrom(exchange.bytes().getBytes()).getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream())
                    .map(CollectedSpan::of)
                    .forEach(spans::add);
            exchange.answer(200, "application/x-protobuf", "");
        } catch (InvalidProtocolBufferException e) {
            exchange.answer(400, Map.of("error", e.getMessage()));
        }
    }
}
