package dev.comuta.platform;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/**
 * Calls URLs that clients configured. Follows no redirects, keeps to time and size limits, and tells a failure that may
 * pass from one that will not.
 */
@ApplicationScoped
public class OutboundHttp {

    private static final int MAX_ANSWER = 1 << 20;
    private static final int CONNECTIONS_PER_HOST = 100;
    private static final int CONNECT_MILLIS = 5000;
    private static final int OK = 200;
    private static final int REDIRECT = 300;

    private final HttpClient client;

    OutboundHttp(Vertx vertx) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setMaxPoolSize(CONNECTIONS_PER_HOST));
    }

    /**
     * Sends one request, once.
     *
     * @return the body of a 2xx answer, at most 1 MiB; fails with a {@link TransientFailure} when the other side is away,
     *     slow, busy (408, 425, 429) or broken (5xx), with a {@link PermanentFailure} when it says no
     */
    public Uni<Buffer> send(HttpCall call) {
        return ask(call, OutboundHttp::read);
    }

    /**
     * Sends one request, once, for a caller who reads refusals as well.
     *
     * @return the answer, whatever its status, with at most 1 MiB of body; fails with a {@link TransientFailure} when there
     *     is none, with a {@link PermanentFailure} when it is larger
     */
    public Uni<HttpAnswer> exchange(HttpCall call) {
        return ask(call, OutboundHttp::readWhole);
    }

    private <T> Uni<T> ask(HttpCall call, Function<HttpClientResponse, Future<T>> reading) {
        RequestOptions options = new RequestOptions()
                .setAbsoluteURI(checked(call.url()))
                .setMethod(HttpMethod.valueOf(call.method()))
                .setFollowRedirects(false)
                .setTimeout(call.timeLimit().toMillis());
        call.headers().forEach(options::putHeader);
        return Uni.createFrom()
                .completionStage(() -> client.request(options)
                        .recover(OutboundHttp::unreachable)
                        .compose(request -> send(request, call.body()))
                        .compose(reading)
                        .toCompletionStage())
                .onFailure(OutboundHttp::isUntold)
                .transform(TransientFailure::unanswered);
    }

    private static Future<HttpClientRequest> unreachable(Throwable failure) {
        return Future.failedFuture(new TransientFailure("the other side could not be reached", failure));
    }

    private static String checked(String url) {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
                return url;
            }
        } catch (IllegalArgumentException notAUrl) {
            // told below
        }
        throw new PermanentFailure("the configured address is no http(s) URL");
    }

    private static Future<HttpClientResponse> send(HttpClientRequest request, Buffer body) {
        return body == null ? request.send() : request.send(body);
    }

    private static Future<Buffer> read(HttpClientResponse response) {
        int status = response.statusCode();
        if (status >= OK && status < REDIRECT) {
            return readLimited(response);
        }
        response.request().reset();
        return Future.failedFuture(new HttpAnswer(status, retryAfter(response), Buffer.buffer()).refusal());
    }

    private static Future<HttpAnswer> readWhole(HttpClientResponse response) {
        return readLimited(response).map(body -> new HttpAnswer(response.statusCode(), retryAfter(response), body));
    }

    private static Future<Buffer> readLimited(HttpClientResponse response) {
        Buffer answer = Buffer.buffer();
        response.handler(part -> {
            answer.appendBuffer(part);
            if (answer.length() > MAX_ANSWER) {
                response.request().reset(0, new PermanentFailure("the answer is larger than 1 MiB"));
            }
        });
        return response.end().map(answer);
    }

    private static Duration retryAfter(HttpClientResponse response) {
        String seconds = response.getHeader("Retry-After");
        return seconds != null && seconds.matches("\\d{1,5}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
    }

    private static boolean isUntold(Throwable failure) {
        return !(failure instanceof TransientFailure) && !(failure instanceof PermanentFailure);
    }
}
