package dev.comuta.assistant;

import dev.comuta.platform.problem.Problem;
import jakarta.validation.Valid;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What may be changed about a client's use of an assistant. */
@Schema(description = "How a client uses an assistant.")
record AssistantUseFields(
        @Schema(
                description =
                        "Settings of the engine, as documented for each engine. It replaces the configuration of the catalogue as a whole; null restores that one.",
                examples = "{\"fallback\": \"Não entendi.\"}")
        Map<String, Object> configuration,

        @Valid
        @Schema(
                description =
                        "Credentials for the engine; never returned. They must be sent again when `configuration.baseUrl` moves to another host.")
        EngineCredentials credentials) {

    private static final String BASE_URL = "baseUrl";

    /** The engine's own address in a configuration; null when there is none. */
    static String baseUrlIn(Map<String, Object> configuration) {
        Object url = configuration == null ? null : configuration.get(BASE_URL);
        return url == null ? null : String.valueOf(url);
    }

    /** Fails with a problem when these credentials, given for one host, would go to another's. */
    AssistantUseFields keepFrom(AssistantUseFields next) {
        if (credentials != null
                && !ToolConfiguration.origin(baseUrl()).equals(ToolConfiguration.origin(next.baseUrl()))) {
            throw Problem.invalid("credentials", "must be sent again when the host changes");
        }
        return next;
    }

    private String baseUrl() {
        return configuration == null ? "" : String.valueOf(configuration.getOrDefault(BASE_URL, ""));
    }
}
