package dev.comuta.platform.rest;

import dev.comuta.platform.trace.TraceId;
import dev.comuta.platform.trace.Tracing;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;

/** The trace id of a request, which its response header, its problem and the log have in common. */
final class RequestTrace {

    static final String HEADER = "Trace-Id";

    private RequestTrace() {}

    /** {@return the trace id; the first call chooses it and sets the response header} */
    static String id(HttpServerRequest request) {
        MultiMap headers = request.response().headers();
        String known = headers.get(HEADER);
        if (known != null) {
            return known;
        }
        String id = TraceId.of(request.getHeader(Tracing.HEADER));
        headers.set(HEADER, id);
        return id;
    }
}
