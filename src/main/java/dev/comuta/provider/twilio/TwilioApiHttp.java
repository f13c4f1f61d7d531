package dev.comuta.provider.twilio;

import com.twilio.constant.EnumConstants.ContentType;
import com.twilio.exception.ApiConnectionException;
import com.twilio.http.Request;
import com.twilio.http.Response;
import dev.comuta.platform.http.RetryAfter;
import dev.comuta.platform.problem.TransientFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;

/**
 * The HTTP client of the SDK. The SDK's default client retries every request, even one that sends a message. This one
 * sends each request once and leaves retries to the task.
 */
final class TwilioApiHttp extends com.twilio.http.HttpClient {

    private static final long MAX_ANSWER = 8L << 20;

    private final HttpClient http;
    private final TwilioConfig config;
    private final Clock clock;

    TwilioApiHttp(TwilioConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.requestTimeLimit())
                .build();
    }

    @Override
    public Response reliableRequest(Request request) {
        return makeRequest(request);
    }

    @Override
    public Response reliableRequest(Request request, int[] retryCodes, int retries, long delayMillis) {
        return makeRequest(request);
    }

    /**
     * Sends one request. Fails with a {@link TransientFailure} on 429 or 5xx, and with the SDK's
     * {@link ApiConnectionException} when Twilio was not reached or did not respond.
     */
    @Override
    public Response makeRequest(Request request) {
        try {
            HttpResponse<String> response =
                    http.send(toHttp(request), BodyHandlers.limiting(BodyHandlers.ofString(), MAX_ANSWER));
            int status = response.statusCode();
            if (TwilioErrors.isTransient(status)) {
                throw TwilioErrors.busy(status, retryAfter(response));
            }
            return new Response(response.body(), status);
        } catch (IOException e) {
            throw new ApiConnectionException("Twilio was not reached or did not respond", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiConnectionException("interrupted during a request to Twilio", e);
        }
    }

    private HttpRequest toHttp(Request request) {
        HttpRequest.Builder http = HttpRequest.newBuilder(address(request))
                .timeout(config.requestTimeLimit())
                .header("Accept", "application/json")
                .header("User-Agent", "Comuta");
        if (request.requiresAuthentication()) {
            http.header("Authorization", request.getAuthString());
        }
        return switch (request.getMethod()) {
            case POST -> post(http, request).build();
            case GET -> http.GET().build();
            case DELETE -> http.DELETE().build();
            default -> throw new IllegalArgumentException("unsupported method: " + request.getMethod());
        };
    }

    private static HttpRequest.Builder post(HttpRequest.Builder http, Request request) {
        boolean isJson = request.getContentType() == ContentType.JSON;
        return http.header(
                        "Content-Type",
                        isJson ? "application/json" : "application/x-www-form-urlencoded; charset=utf-8")
                .POST(BodyPublishers.ofString(isJson ? request.getBody() : request.encodeFormBody()));
    }

    private URI address(Request request) {
        URI url = URI.create(request.constructURL().toString());
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return config.baseUrl()
                .map(base -> base.resolve(url.getRawPath() + query))
                .orElse(url);
    }

    private Duration retryAfter(HttpResponse<?> response) {
        return RetryAfter.of(name -> response.headers().firstValue(name).orElse(null), clock.instant());
    }
}
