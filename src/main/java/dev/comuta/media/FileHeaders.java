package dev.comuta.media;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The headers of a response with a file. A browser shows pictures, plays sound and video, and downloads everything else;
 * it runs nothing of a file.
 */
final class FileHeaders {

    private static final Set<String> PICTURES = Set.of("image/jpeg", "image/png", "image/webp");
    private static final Set<String> ADDED = Set.of(
            "Content-Type",
            "Content-Disposition",
            "Content-Security-Policy",
            "Content-Range",
            "Content-Length",
            "ETag",
            "Accept-Ranges");

    private FileHeaders() {}

    static void add(HttpServerResponse response, StoredMedia file) {
        response.putHeader("Content-Type", file.contentType())
                .putHeader("Content-Disposition", disposition(file))
                .putHeader("Content-Security-Policy", "default-src 'none'; sandbox")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Accept-Ranges", "bytes")
                .putHeader("ETag", tag(file));
    }

    /** Removes what belongs to the file, for a response without it. */
    static void remove(HttpServerResponse response) {
        ADDED.forEach(response.headers()::remove);
    }

    /** {@return the requested range, or null when the request wants the whole file or a part of another version} */
    static String range(HttpServerRequest request, StoredMedia file) {
        MultiMap headers = request.headers();
        String version = headers.get("If-Range");
        return version == null || version.equals(tag(file)) ? headers.get("Range") : null;
    }

    private static String tag(StoredMedia file) {
        return '"' + file.sha256() + '"';
    }

    private static String disposition(StoredMedia file) {
        String type = file.mimeType();
        boolean shown = PICTURES.contains(type) || type.startsWith("audio/") || type.startsWith("video/");
        String name = file.fileName() == null ? "" : "; filename*=UTF-8''" + encoded(file.fileName());
        return (shown ? "inline" : "attachment") + name;
    }

    /** A name as RFC 8187 writes it. */
    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }
}
