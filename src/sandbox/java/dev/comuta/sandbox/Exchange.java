package dev.comuta.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One HTTP request, with its complete body, and its response.
 *
 * @param silent whether answers are dropped
 */
public record Exchange(HttpServerRequest request, Buffer bytes, boolean silent) {

    /** A copy whose answers never arrive. */
    Exchange muted() {
        return new Exchange(request, bytes, true);
    }

    /** Its method, in capitals. */
    public String method() {
        return request.method().name();
    }

    /** The path without the query. */
    public String path() {
        return request.path();
    }

    /** Path and query as received. */
    public String uri() {
        return request.uri();
    }

    /** The body as UTF-8. */
    public String body() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** A header, or an empty text. */
    public String header(String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value;
    }

    /** A query parameter, or an empty text. */
    public String parameter(String name) {
        String value = request.getParam(name);
        return value == null ? "" : value;
    }

    /** All headers by lower-case name. */
    Map<String, String> headers() {
        Map<String, String> all = new TreeMap<>();
        request.headers()
                .forEach(header ->
                        all.merge(header.getKey().toLowerCase(Locale.ROOT), header.getValue(), (a, b) -> a + ", " + b));
        return all;
    }

    /** Answers with JSON. */
    public void answer(int status, Object json) {
        answer(status, "application/json", Json.write(json));
    }

    /** Answers with a text. */
    public void answer(int status, String type, String text) {
        if (silent) {
            return;
        }
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", type + "; charset=utf-8")
                .end(text);
    }

    /** Sends bytes. */
    public void answerBytes(String type, byte[] content) {
        if (!silent) {
            request.response().putHeader("content-type", type).end(Buffer.buffer(content));
        }
    }

    /** Sends bytes, which a browser must not run as a page. */
    void answerBytes(StoredFile file) {
        if (silent) {
            return;
        }
        boolean shown = file.mimeType().matches("(image/(jpeg|png|webp|gif)|audio/.*|video/.*)");
        request.response()
                .putHeader("content-type", file.mimeType())
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("content-security-policy", "default-src 'none'; sandbox")
                .putHeader("content-disposition", shown ? "inline" : "attachment")
                .end(file.bytes());
    }

    void redirect(int status, String url) {
        if (!silent) {
            request.response().setStatusCode(status).putHeader("location", url).end();
        }
    }

    /** The address at which this request reached the sandbox. */
    public String origin() {
        return "http://" + header("host");
    }

    /** The body as it is recorded: a file by its size only, also in a form. */
    String recordedBody() {
        String type = header("content-type");
        if (type.startsWith("multipart/form-data")) {
            return Form.read(type, bytes).toString();
        }
        boolean isText = type.isEmpty() || type.matches("(?i)(text/|application/(json|x-www-form-urlencoded)).*");
        return isText ? body() : "(%d bytes of %s)".formatted(bytes.length(), type);
    }

    /** Answers 204. */
    public void answerNothing() {
        if (silent) {
            return;
        }
        request.response().setStatusCode(204).end();
    }
}
