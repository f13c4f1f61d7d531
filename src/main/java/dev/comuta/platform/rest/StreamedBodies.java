package dev.comuta.platform.rest;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * An operation whose body is a file, which is streamed to the disk: it may be larger than other bodies, and take longer to
 * arrive. The room of the operation declares it as a CDI bean.
 *
 * @param path of the operation
 * @param maxBytes the largest body
 * @param timeLimit for the whole body
 */
public record StreamedBodies(HttpMethod method, Pattern path, long maxBytes, Duration timeLimit) {

    /** Whether the request is of this operation. */
    public boolean contains(HttpServerRequest request) {
        return method.equals(request.method()) && path.matcher(request.path()).matches();
    }
}
