package dev.comuta.platform.http;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;

/**
 * A request to the outside world.
 *
 * @param url absolute, http or https
 * @param headers one value each
 * @param body null for none
 * @param timeLimit for the whole exchange
 * @param giver who gave the URL
 */
public record HttpCall(
        String method, String url, Map<String, String> headers, Buffer body, Duration timeLimit, UrlSource giver) {}
