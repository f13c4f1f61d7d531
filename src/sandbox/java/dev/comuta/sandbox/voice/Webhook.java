package dev.comuta.sandbox.voice;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;

/**
 * A request to the server, signed already.
 *
 * @param url without a fragment
 * @param body empty for GET
 * @param rules how it is repeated
 */
record Webhook(String callSid, String url, String method, Map<String, String> headers, String body, RetryRules rules) {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    HttpRequest request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT);
        headers.forEach(request::header);
        return method.equals("GET")
                ? request.GET().build()
                : request.method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
    }
}
