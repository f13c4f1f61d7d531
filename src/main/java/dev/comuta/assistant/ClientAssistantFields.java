package dev.comuta.assistant;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Map;

/**
 * Which assistant a client will use.
 *
 * @param configuration in place of the assistant's own; null leaves that in force
 * @param credentials for its engine; never answered
 */
record ClientAssistantFields(
        @NotNull Long assistantId,
        Map<String, Object> configuration,
        @Valid EngineCredentials credentials) {}
