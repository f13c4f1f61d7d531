package dev.comuta.assistant;

import dev.comuta.platform.problem.Problem;
import jakarta.validation.Valid;
import java.util.Map;

/**
 * What may be changed about a client's use of an assistant.
 *
 * @param configuration in place of the assistant's own; null leaves that in force
 * @param credentials for its engine; never answered
 */
record AssistantUseFields(
        Map<String, Object> configuration, @Valid EngineCredentials credentials) {

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
            throw Problem.invalid("credentials", "must be given again for another host");
        }
        return next;
    }

    private String baseUrl() {
        return configuration == null ? "" : String.valueOf(configuration.getOrDefault(BASE_URL, ""));
    }
}
