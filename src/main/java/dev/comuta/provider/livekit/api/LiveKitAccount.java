package dev.comuta.provider.livekit.api;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * A client's project at a LiveKit server, from its channel's credentials.
 *
 * @param url of the server, without a slash at the end
 * @param previousApiSecret the former secret, which is also accepted during the overlap of a rotation; may be null
 * @param recordings where the server stores recordings; null for its own storage
 */
public record LiveKitAccount(
        long clientId,
        String url,
        String apiKey,
        String apiSecret,
        String previousApiSecret,
        RecordingBucket recordings) {

    public static final String URL = "url";
    public static final String API_KEY = "apiKey";
    public static final String API_SECRET = "apiSecret";
    public static final String PREVIOUS_API_SECRET = "previousApiSecret";

    /** {@return the account in a channel's credentials, or null when they have no url, apiKey or apiSecret} */
    public static LiveKitAccount of(long clientId, JsonObject credentials) {
        if (credentials == null) {
            return null;
        }
        String url = text(credentials, URL);
        String apiKey = text(credentials, API_KEY);
        String apiSecret = text(credentials, API_SECRET);
        return url == null || apiKey == null || apiSecret == null
                ? null
                : new LiveKitAccount(
                        clientId,
                        url.endsWith("/") ? url.substring(0, url.length() - 1) : url,
                        apiKey,
                        apiSecret,
                        text(credentials, PREVIOUS_API_SECRET),
                        RecordingBucket.of(credentials));
    }

    /** {@return a text in credentials, or null when it is missing or empty} */
    public static String text(JsonObject credentials, String name) {
        return credentials.getValue(name) instanceof String text && !text.isEmpty() ? text : null;
    }

    /** The secrets with which the server may sign a webhook. */
    public List<String> secrets() {
        return Stream.of(apiSecret, previousApiSecret)
                .filter(secret -> secret != null)
                .toList();
    }

    @Override
    public String toString() {
        return "LiveKitAccount[clientId=" + clientId + ", apiKey=" + apiKey + "]";
    }
}
