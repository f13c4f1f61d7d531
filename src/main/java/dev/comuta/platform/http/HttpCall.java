package dev.comuta.platform.http;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;

/**
 * A request to an external system.
 *
 * @param url absolute, http or https
 * @param headers one value each
 * @param body null for none
 * @param timeLimit for the whole exchange
 * @param source the source of the URL
 */
public record HttpCall(
        String method, String url, Map<String, String> headers, Buffer body, Duration timeLimit, UrlSource source) {}
