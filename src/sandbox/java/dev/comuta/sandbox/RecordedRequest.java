package dev.comuta.sandbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;

/**
 * A request that a simulated provider received.
 *
 * @param path path and query as received
 * @param headers by lower-case name
 * @param body as text
 * @param fault mode of the fault that answered it, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordedRequest(
        String provider,
        String method,
        String path,
        Map<String, String> headers,
        String body,
        Instant at,
        String fault) {}
