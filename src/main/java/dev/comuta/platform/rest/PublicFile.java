package dev.comuta.platform.rest;

import dev.comuta.platform.secret.Sha256;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/**
 * A file of the application that needs no key, and that caches may store for five minutes.
 *
 * @param path where it is served
 * @param resource its name on the class path
 */
public record PublicFile(String path, String resource, String mediaType) {

    /** Before authentication, which would reject a request with an invalid key. */
    private static final int BEFORE_FILTERS = -900;

    private static final String CACHEABLE = "public, max-age=300";
    private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

    /** A page loads files of this server, and sends requests to it. */
    private static final String OWN_FILES =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final int NOT_MODIFIED = 304;

    /** A page of the folder {@code pages}. */
    public static PublicFile page(String path, String name) {
        return new PublicFile(path, "pages/" + name, "text/html; charset=utf-8");
    }

    /** Serves the file. It is read now, once. */
    public void addTo(Router router, RouteCatalogue routes) {
        routes.addFile(path);
        Buffer content = read();
        String tag = tag(content);
        router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(BEFORE_FILTERS)
                .handler(routing -> answer(routing, content, tag));
    }

    private void answer(RoutingContext routing, Buffer content, String tag) {
        RequestLabels.answeredBy(routing, path);
        HttpServerResponse response = routing.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, CACHEABLE)
                .putHeader(HttpHeaders.ETAG, tag);
        if (tag.equals(routing.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(NOT_MODIFIED).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(content.length()))
                .putHeader(CONTENT_SECURITY_POLICY, OWN_FILES)
                .end(content);
    }

    private Buffer read() {
        try (InputStream file = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("the application has no file " + resource);
            }
            return Buffer.buffer(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tag(Buffer content) {
        return '"' + HexFormat.of().formatHex(Sha256.of(content.getBytes()), 0, 16) + '"';
    }
}
