package dev.comuta.assistant;

import dev.comuta.platform.HttpUrl;
import dev.comuta.platform.Problem;
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

    /** The same; fails with a problem when the engine's address is none. */
    AssistantUseFields complete() {
        if (configuration != null && configuration.get(BASE_URL) != null) {
            HttpUrl.checked("configuration." + BASE_URL, baseUrl());
        }
        return this;
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
