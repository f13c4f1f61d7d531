package dev.comuta.platform.webhook;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;

/**
 * The response to a delivery: an acknowledgement, or a document that the provider expects.
 *
 * @param contentType null when there is no body
 * @param body null when there is none
 */
public record Answer(int status, CharSequence contentType, Buffer body) {

    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json;charset=UTF-8");
    private static final CharSequence XML = HttpHeaders.createOptimized("text/xml;charset=UTF-8");
    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain;charset=UTF-8");
    private static final int OK_STATUS = 200;

    /** 200 without a body. */
    public static final Answer OK = new Answer(OK_STATUS, null, null);

    /** 204 without a body. */
    public static final Answer NO_CONTENT = new Answer(204, null, null);

    /** 200 with a JSON document. */
    public static Answer json(String document) {
        return new Answer(OK_STATUS, JSON, Buffer.buffer(document));
    }

    /** 200 with an XML document. */
    public static Answer xml(String document) {
        return new Answer(OK_STATUS, XML, Buffer.buffer(document));
    }

    /** 200 with a plain text. */
    public static Answer text(String text) {
        return new Answer(OK_STATUS, TEXT, Buffer.buffer(text));
    }
}
