package dev.comuta.platform.webhook;

import io.vertx.core.http.HttpServerRequest;

/** A delivery as it arrived. It may be forged until its signature is verified. */
public final class WebhookRequest {

    private final HttpServerRequest http;
    private final byte[] body;

    WebhookRequest(HttpServerRequest http, byte[] body) {
        this.http = http;
        this.body = body;
    }

    /** {@return the first value of a header, or null when it is missing} */
    public String header(String name) {
        return http.getHeader(name);
    }

    /** {@return the first value of a query parameter, decoded, or null when it is missing} */
    public String parameter(String name) {
        return http.getParam(name);
    }

    /** Path and query as received. */
    public String uri() {
        return http.uri();
    }

    /** {@return the received bytes, not a copy; empty when there are none} */
    public byte[] body() {
        return body;
    }
}
