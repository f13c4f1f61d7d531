package dev.comuta.platform.rate;

import dev.comuta.platform.rate.RateBuckets.Rate;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/**
 * The headers RateLimit-Policy and RateLimit of the IETF draft "RateLimit header fields for HTTP". A policy has the name of
 * the limit in the API.
 */
public final class RateLimitHeaders {

    public static final String POLICY = "RateLimit-Policy";
    public static final String STATE = "RateLimit";

    private RateLimitHeaders() {}

    /** Adds a limit and the state of its bucket to a response. */
    public static void add(HttpServerResponse response, String limit, Rate rate) {
        String name = '"' + limit + '"';
        append(response.headers(), POLICY, name + ";q=" + rate.maximum() + ";w=60");
        append(response.headers(), STATE, name + ";r=" + rate.remaining() + ";t=" + seconds(rate.fullAfter()));
    }

    private static void append(MultiMap headers, String header, String item) {
        String former = headers.get(header);
        headers.set(header, former == null ? item : former + ", " + item);
    }

    /** Whole seconds, rounded up. */
    public static long seconds(Duration time) {
        return time.plusMillis(999).toSeconds();
    }
}
