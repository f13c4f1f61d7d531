package dev.comuta.platform.inbound;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.ProblemWriter;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingOptions;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map.Entry;
import java.util.regex.Pattern;

/**
 * Responds with a problem to a request of HTTP/1.1 that the decoder cannot read or whose target is no URI, and closes the
 * connection. Quarkus gives no access to the handlers of such requests, which send a status without a body. Others are set
 * on the connection, by the only hook that sees a request before its handler is chosen, that of a tracer. Nothing is traced
 * here.
 */
@ApplicationScoped
class UnreadableRequests implements VertxOptionsCustomizer {

    private static final Pattern NO_ENCODING = Pattern.compile("%(?![0-9a-fA-F]{2})");

    private final ProblemWriter writer;

    UnreadableRequests(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    @SuppressWarnings("deprecation") // the builder that replaces it belongs to Quarkus
    public void accept(VertxOptions options) {
        options.setTracingOptions(new TracingOptions().setFactory(_ -> new Hook()));
    }

    private final class Hook implements VertxTracer<Void, Void> {

        @Override
        public <R> Void receiveRequest(
                Context context,
                SpanKind kind,
                TracingPolicy policy,
                R request,
                String operation,
                Iterable<Entry<String, String>> headers,
                TagExtractor<R> tagExtractor) {
            if (request instanceof HttpServerRequest received
                    && received.version() != HttpVersion.HTTP_2
                    && (received.decoderResult().isFailure() || !isUri(received.uri()))
                    && received.connection() instanceof HttpServerConnection connection) {
                connection
                        .handler(UnreadableRequests.this::answer)
                        .invalidRequestHandler(UnreadableRequests.this::answer);
            }
            return null;
        }
    }

    /** As Quarkus sees it. */
    private static boolean isUri(String target) {
        try {
            return !new URI(target).toString().isEmpty();
        } catch (URISyntaxException notAUri) {
            return false;
        }
    }

    private void answer(HttpServerRequest request) {
        // Vert.x would log the failure, which can hold a header.
        request.connection().exceptionHandler(reported -> {});
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE).endHandler(ended -> request.connection()
                .close());
        writer.write(request, problem(request));
    }

    private static Problem problem(HttpServerRequest request) {
        return switch (request.decoderResult().cause()) {
            case TooLongHttpLineException line ->
                Problem.of(ProblemType.URI_TOO_LONG, "the first line of the request must have at most 4096 bytes");
            case TooLongHttpHeaderException headers ->
                Problem.of(ProblemType.HEADERS_TOO_LARGE, "the headers must have at most 20 KiB together");
            case null -> Problem.of(ProblemType.INVALID, objection(request.uri()));
            default -> Problem.of(ProblemType.INVALID, objection(request.headers()));
        };
    }

    private static String objection(String target) {
        return NO_ENCODING.matcher(target).find()
                ? "the path or query has a % without two hexadecimal digits: write %25 for %"
                : "the path or query has a character that must be percent-encoded, as UTF-8";
    }

    private static String objection(MultiMap headers) {
        int lengths = headers.getAll(HttpHeaders.CONTENT_LENGTH).size();
        if (headers.contains(HttpHeaders.TRANSFER_ENCODING) && lengths > 0) {
            return "send Transfer-Encoding or Content-Length, not both";
        }
        if (lengths > 1) {
            return "Content-Length: must be sent once";
        }
        if (lengths == 1 && !headers.get(HttpHeaders.CONTENT_LENGTH).matches("[0-9]{1,18}")) {
            return "Content-Length: must be a number of bytes";
        }
        return "the request line or a header is not valid: send HTTP/1.1, and end each line with CR LF";
    }
}
