package dev.comuta.provider.openai;

import dev.comuta.assistant.AssistantSetup;
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

    static OpenAiAccount of(AssistantSetup assistant, OpenAiConfig config) {
        String own = text(assistant.configuration(), "baseUrl");
        String base = trimmed(own == null ? config.baseUrl() : own);
        return new OpenAiAccount(
                (base.endsWith(VERSION) ? base : base + VERSION) + "/chat/completions",
                key(assistant, base, config),
                assistant.model(),
                own == null);
    }

    private static String key(AssistantSetup assistant, String base, OpenAiConfig config) {
        if (assistant.credentials() != null && assistant.credentials().apiKey() != null) {
            return assistant.credentials().apiKey();
        }
        return base.equals(trimmed(config.baseUrl())) ? config.apiKey().orElse(null) : null;
    }

    private static String trimmed(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static String text(JsonObject configuration, String name) {
        return configuration.getValue(name) instanceof String text && !text.isBlank() ? text.strip() : null;
    }

    Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>(Map.of("Content-Type", "application/json"));
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
