package dev.comuta.provider.openai;

import dev.comuta.assistant.AssistantSetup;
import dev.comuta.media.speech.SpeechRequest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/**
 * The API and model that an assistant uses. The client's {@code configuration.baseUrl}, {@code configuration.model} and
 * {@code credentials.apiKey} override those of the platform and of the reference. The platform's key is sent to the
 * platform's address only.
 *
 * @param apiKey null when there is none
 * @param isOperators whether the operator configured the URL, not the client
 */
record OpenAiAccount(String url, String apiKey, String model, boolean isOperators) {

    private static final String VERSION = "/v1";
    private static final String TRANSCRIPTIONS = "/audio/transcriptions";

    /** The path of the server of whisper.cpp. */
    private static final String WHISPER_SERVER = "/inference";

    static OpenAiAccount of(AssistantSetup assistant, OpenAiConfig config) {
        String own = text(assistant.configuration(), "baseUrl");
        String base = trimmed(own == null ? config.baseUrl() : own);
        String key =
                assistant.credentials() == null ? null : assistant.credentials().apiKey();
        return new OpenAiAccount(
                versioned(base) + "/chat/completions", key(key, base, config), assistant.model(), own == null);
    }

    /** The API that transcribes. A URL of the client that ends with a path of transcription is used as it is. */
    static OpenAiAccount of(SpeechRequest request, OpenAiConfig config) {
        String own = request.baseUrl();
        String base = trimmed(own == null ? config.baseUrl() : own);
        boolean whole = base.endsWith(TRANSCRIPTIONS) || base.endsWith(WHISPER_SERVER);
        return new OpenAiAccount(
                whole ? base : versioned(base) + TRANSCRIPTIONS,
                key(request.apiKey(), base, config),
                request.model(),
                own == null);
    }

    private static String versioned(String base) {
        return base.endsWith(VERSION) ? base : base + VERSION;
    }

    private static String key(String own, String base, OpenAiConfig config) {
        if (own != null) {
            return own;
        }
        return base.equals(trimmed(config.baseUrl())) ? config.apiKey().orElse(null) : null;
    }

    private static String trimmed(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static String text(JsonObject configuration, String name) {
        return configuration.getValue(name) instanceof String text && !text.isBlank() ? text.strip() : null;
    }

    Map<String, String> headers(String contentType) {
        Map<String, String> headers = new TreeMap<>(Map.of("Content-Type", contentType));
        if (apiKey != null) {
            headers.put("Authorization", "Bearer " + apiKey);
        }
        return headers;
    }

    @Override
    public String toString() {
        return "OpenAiAccount[url=" + url + ", model=" + model + "]";
    }
}
