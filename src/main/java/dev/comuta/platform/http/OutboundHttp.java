package dev.comuta.platform.http;

import dev.comuta.platform.http.HttpDownload.TargetFailure;
import dev.comuta.platform.http.SsrfGuard.Destination;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import dev.comuta.platform.trace.Tracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.streams.WriteStream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/**
 * Makes every outgoing HTTP call. {@link SsrfGuard} checks a client's URL, and the connection goes to the checked
 * address. It follows no redirects, applies time and size limits, and distinguishes transient from permanent failures.
 */
@ApplicationScoped
public class OutboundHttp {

    private static final int MAX_ANSWER = 1 << 20;
    private static final int CONNECTIONS_PER_HOST = 100;
    private static final int CONNECT_MILLIS = 5000;
    private static final String TOO_LARGE = "the answer is larger than 1 MiB";
    private static final int OK = 200;
    private static final int REDIRECT = 300;

    private final Vertx vertx;
    private final SsrfGuard guard;
    private final HttpClient client;
    private final Tracing tracing;
    private final Clock clock;

    @Inject
    OutboundHttp(Vertx vertx, SsrfGuard guard, Tracing tracing, Clock clock) {
        this(vertx, guard, tracing, clock, new HttpClientOptions());
    }

    OutboundHttp(Vertx vertx, SsrfGuard guard, Tracing tracing, Clock clock, HttpClientOptions options) {
        this.vertx = vertx;
        this.clock = clock;
        this.tracing = tracing;
        this.guard = guard;
        this.client = vertx.createHttpClient(options.setConnectTimeout(CONNECT_MILLIS)
                .setMaxPoolSize(CONNECTIONS_PER_HOST)
                .setForceSni(true));
    }

    /**
     * Sends one request, once.
     *
     * @return the body of a 2xx response, at most 1 MiB; fails with a {@link TransientFailure} when the other side is
     *     unreachable, slow, busy (408, 425, 429) or broken (5xx), with a {@link PermanentFailure} when it rejects the
     *     request or its address is not allowed, and with an {@link UnknownOutcome} when its answer to a method other
     *     than GET is larger
     */
    public Uni<Buffer> send(HttpCall call) {
        return traced(call, this::read);
    }

    /**
     * Sends one request, once, for a caller that reads error responses as well.
     *
     * @return the response of any status, with at most 1 MiB of body; fails with a {@link TransientFailure} when there
     *     is none, with a {@link PermanentFailure} when the address is not allowed or the answer to GET is larger, and
     *     with an {@link UnknownOutcome} when the answer to another method is larger
     */
    public Uni<HttpAnswer> exchange(HttpCall call) {
        return traced(call, this::readWhole);
    }

    /**
     * Sends one GET, once, and writes the body of a 2xx response to a target, however long it is. The target limits it.
     *
     * @param idleTimeLimit longest time without a byte
     * @return the response of any status; fails as {@link #exchange}, and with the failure of the target
     */
    public Uni<HttpDownload> download(HttpCall call, Duration idleTimeLimit, WriteStream<Buffer> target) {
        return traced(call, response -> HttpDownload.read(vertx, response, retryAfter(response), idleTimeLimit, target))
                .onFailure(TargetFailure.class)
                .transform(Throwable::getCause);
    }

    private <T> Uni<T> traced(HttpCall call, Function<HttpClientResponse, Future<T>> reader) {
        return tracing.span(SpanKind.CLIENT, call.method(), Attributes.empty(), () -> options(call, tracing.current())
                .chain(options -> exchange(call, options, reader)));
    }

    /** The checked options of the request; until here nothing was sent. */
    private Uni<RequestOptions> options(HttpCall call, String traceParent) {
        return destination(call)
                .map(destination -> options(call, destination, traceParent))
                .onFailure(OutboundHttp::isUnclassified)
                .transform(failure -> new TransientFailure("the request could not be made", failure));
    }

    /**
     * One future from the connection to the response, so that a canceled call leaves no connection without a request.
     */
    private <T> Uni<T> exchange(HttpCall call, RequestOptions options, Function<HttpClientResponse, Future<T>> reader) {
        return Uni.createFrom()
                .completionStage(() -> connect(options)
                        .compose(request -> exchange(call, request, reader))
                        .toCompletionStage())
                .onFailure(OutboundHttp::isUnclassified)
                .transform(TransientFailure::unanswered);
    }

    private Uni<Destination> destination(HttpCall call) {
        return switch (call.source()) {
            case UrlSource.Client client -> guard.admit(client.clientId(), call.url());
            case UrlSource.Operator operator ->
                Uni.createFrom().item(() -> new Destination(SsrfGuard.read(call.url()), null));
        };
    }

    /** The options from the parsed target: a second parser could read the URL differently. */
    private static RequestOptions options(HttpCall call, Destination destination, String traceParent) {
        HttpTarget target = destination.target();
        RequestOptions options = new RequestOptions()
                .setSsl(target.tls())
                .setHost(target.host())
                .setPort(target.port())
                .setURI(target.resource())
                .setMethod(HttpMethod.valueOf(call.method()))
                .setFollowRedirects(false)
                .setTimeout(call.timeLimit().toMillis());
        if (destination.address() != null) {
            options.setServer(
                    SocketAddress.inetSocketAddress(new InetSocketAddress(destination.address(), target.port())));
        }
        call.headers().forEach((name, value) -> options.putHeader(name, OutgoingHeader.checked(name, value)));
        if (traceParent != null) {
            options.putHeader(Tracing.HEADER, traceParent);
        }
        return options;
    }

    private Future<HttpClientRequest> connect(RequestOptions options) {
        return client.request(options)
                .recover(failure ->
                        Future.failedFuture(new TransientFailure("the other side could not be reached", failure)));
    }

    /**
     * Limits the time until the response has ended, also when nobody reads its body; the client's own limit restarts
     * with every byte.
     */
    private <T> Future<T> exchange(
            HttpCall call, HttpClientRequest request, Function<HttpClientResponse, Future<T>> reader) {
        TransientFailure timeout = TransientFailure.unanswered(null);
        long timer = vertx.setTimer(call.timeLimit().toMillis(), t -> request.reset(0, timeout));
        Future<HttpClientResponse> answered = send(request, call.body());
        answered.compose(HttpClientResponse::end).onComplete(ended -> vertx.cancelTimer(timer));
        return answered.compose(reader);
    }

    private static Future<HttpClientResponse> send(HttpClientRequest request, Buffer body) {
        return body == null ? request.send() : request.send(body);
    }

    /**
     * The body of a refusal is discarded, not canceled: when it has already arrived, another call may be using the
     * connection.
     */
    private Future<Buffer> read(HttpClientResponse response) {
        int status = response.statusCode();
        if (status >= OK && status < REDIRECT) {
            return readLimited(response);
        }
        return Future.failedFuture(new HttpAnswer(status, retryAfter(response), Buffer.buffer()).refusal());
    }

    private Future<HttpAnswer> readWhole(HttpClientResponse response) {
        return readLimited(response)
                .map(body -> new HttpAnswer(
                        response.statusCode(), retryAfter(response), response.getHeader("Content-Type"), body));
    }

    private static Future<Buffer> readLimited(HttpClientResponse response) {
        Promise<Buffer> whole = Promise.promise();
        Buffer answer = Buffer.buffer();
        response.exceptionHandler(whole::tryFail).endHandler(end -> whole.tryComplete(answer));
        response.handler(part -> {
            answer.appendBuffer(part);
            if (answer.length() > MAX_ANSWER
                    && whole.tryFail(tooLarge(response.request().getMethod()))) {
                response.request().reset();
            }
        });
        return whole.future();
    }

    /** A request that may have changed something, and whose response is not known. */
    private static RuntimeException tooLarge(HttpMethod method) {
        return HttpMethod.GET.equals(method) ? new PermanentFailure(TOO_LARGE) : new UnknownOutcome(TOO_LARGE, null);
    }

    private Duration retryAfter(HttpClientResponse response) {
        return RetryAfter.of(response::getHeader, clock.instant());
    }

    private static boolean isUnclassified(Throwable failure) {
        return !(failure instanceof TransientFailure)
                && !(failure instanceof PermanentFailure)
                && !(failure instanceof UnknownOutcome)
                && !(failure instanceof TargetFailure);
    }
}
