package dev.comuta.journey;

import static io.restassured.config.DecoderConfig.decoderConfig;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static io.restassured.config.HttpClientConfig.httpClientConfig;
import static io.restassured.config.RedirectConfig.redirectConfig;
import static io.restassured.config.SSLConfig.sslConfig;

import dev.comuta.journey.Api.Answer;
import dev.comuta.journey.Api.Validated;
import io.restassured.RestAssured;
import io.restassured.config.RestAssuredConfig;
import io.restassured.filter.Filter;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.http.params.HttpConnectionParams;
import org.apache.http.params.HttpParams;
import org.apache.http.params.SyncBasicHttpParams;

/** One request and its response on a separate connection. Closing it closes the connection, even within a stream. */
@SuppressWarnings("deprecation") // REST Assured supports no newer client
final class Exchange implements AutoCloseable {

    private static final String FORM = "application/x-www-form-urlencoded";

    /** Bodies and headers are sent as given, and returned as received. */
    private static final RestAssuredConfig UNCHANGED = RestAssuredConfig.config()
            .encoderConfig(encoderConfig()
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                    .encodeContentTypeAs(FORM, ContentType.TEXT))
            .decoderConfig(decoderConfig().noContentDecoders())
            .redirect(redirectConfig().followRedirects(false))
            .sslConfig(sslConfig().relaxedHTTPSValidation());

    /** Shared, because creating them reads the library's version from a file. */
    private static final HttpParams PARAMETERS = parameters();

    private final DefaultHttpClient http;
    private final Response response;

    private Exchange(DefaultHttpClient http, Response response) {
        this.http = http;
        this.response = response;
    }

    /** Sends a request and reads the head of the response. */
    static Exchange of(Api caller, String method, String path, String body, String... headers) {
        DefaultHttpClient http = new DefaultHttpClient(PARAMETERS);
        http.setHttpRequestRetryHandler((failure, count, context) -> false);
        try {
            RequestSpecification request = request(http, headers(caller, method, body, headers))
                    .urlEncodingEnabled(caller.validated() == Validated.EXCHANGE)
                    .filters(filters(caller.validated()));
            if (body != null) {
                request.body(body.getBytes(StandardCharsets.UTF_8));
            }
            return new Exchange(http, request.request(method, caller.server() + path));
        } catch (RuntimeException | Error e) {
            http.getConnectionManager().shutdown();
            throw e;
        } catch (Exception e) {
            http.getConnectionManager().shutdown();
            throw new AssertionError("no response to " + method + " " + path, e);
        }
    }

    private static HttpParams parameters() {
        HttpParams parameters = new SyncBasicHttpParams();
        DefaultHttpClient.setDefaultHttpParams(parameters);
        HttpConnectionParams.setConnectionTimeout(parameters, 10_000);
        HttpConnectionParams.setSoTimeout(parameters, 30_000);
        return parameters;
    }

    private static RequestSpecification request(DefaultHttpClient http, Map<String, String> headers) {
        RequestSpecification request = RestAssured.given()
                .config(UNCHANGED.httpClient(httpClientConfig().httpClientFactory(() -> http)))
                .headers(headers);
        return headers.containsKey("content-type") ? request : request.noContentType();
    }

    private static Map<String, String> headers(Api caller, String method, String body, String... given) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (caller.key() != null) {
            headers.put("authorization", "Bearer " + caller.key());
        }
        if (body != null) {
            headers.put("content-type", "PATCH".equals(method) ? "application/merge-patch+json" : "application/json");
        }
        for (int i = 0; i < given.length; i += 2) {
            headers.put(given[i].toLowerCase(Locale.ROOT), given[i + 1]);
        }
        return headers;
    }

    private static List<Filter> filters(Validated validated) {
        return switch (validated) {
            case EXCHANGE -> List.of(DescriptionFilter.OF_EXCHANGES);
            case RESPONSE -> List.of(DescriptionFilter.OF_RESPONSES);
            case NOTHING -> List.of();
        };
    }

    static boolean isStream(Response response) {
        return response.getContentType().startsWith("text/event-stream");
    }

    Answer answer() {
        return Answer.of(response);
    }

    /** The lines of a stream until its end; fails when the connection breaks. */
    Stream<String> lines() {
        return new BufferedReader(new InputStreamReader(response.asInputStream(), StandardCharsets.UTF_8)).lines();
    }

    @Override
    public void close() {
        http.getConnectionManager().shutdown();
    }
}
