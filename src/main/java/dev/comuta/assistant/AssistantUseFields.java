package dev.comuta.assistant;

import dev.comuta.platform.http.ReturnedUrl;
import dev.comuta.platform.problem.Problem;
import jakarta.validation.Valid;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The fields of an assistant's association with a client that can be changed. */
@Schema(description = "How a client uses an assistant.")
record AssistantUseFields(
        @Schema(
                ref = "EngineConfiguration",
                description =
                        "Settings of the engine. They replace the catalogue's configuration as a whole; null restores the catalogue's.",
                examples = "{\"fallback\": \"Não entendi.\"}")
        Map<String, Object> configuration,

        @Valid
        @Schema(
                description =
                        "Credentials for the engine; never returned. While credentials are stored, a request that moves `configuration.baseUrl` to another host must contain new ones.")
        EngineCredentials credentials) {

    /** The field of a model's URL in a request. */
    static final String BASE_URL_FIELD = "configuration.baseUrl";

    private static final String BASE_URL = "baseUrl";

    /** Returns the URL of a model. Fails with a problem when it may contain a secret. */
    static String requireNoSecretIn(String baseUrl) {
        ReturnedUrl.require(BASE_URL_FIELD, baseUrl, "the key belongs in credentials.apiKey");
        return baseUrl;
    }

    /** The {@code baseUrl} of a configuration; null when it has none. */
    static String baseUrlIn(Map<String, Object> configuration) {
        Object url = configuration == null ? null : configuration.get(BASE_URL);
        return url == null ? null : String.valueOf(url);
    }

    /** Returns {@code next}. Fails with a problem when the stored credentials would then be sent to another host. */
    AssistantUseFields requireSameHost(AssistantUseFields next) {
        if (credentials != null
                && !ToolConfiguration.origin(baseUrl()).equals(ToolConfiguration.origin(next.baseUrl()))) {
            throw Problem.invalid("credentials", "must be sent, by PATCH, together with a baseUrl at another host");
        }
        return next;
    }

    private String baseUrl() {
        return configuration == null ? "" : String.valueOf(configuration.getOrDefault(BASE_URL, ""));
    }
}
