package dev.comuta.platform.idempotency;

import io.vertx.core.json.JsonObject;

/** The request has succeeded before: nothing is done, and the stored response is returned unchanged. */
final class IdempotentReplay extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient JsonObject headers;
    private final transient String body;

    IdempotentReplay(int status, JsonObject headers, String body) {
        super("answered before", null, false, false);
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    int status() {
        return status;
    }

    JsonObject headers() {
        return headers;
    }

    String body() {
        return body;
    }
}
