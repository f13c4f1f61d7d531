package dev.comuta.assistant;

import io.vertx.core.json.JsonObject;

/**
 * A tool as the turn and its runner use it.
 *
 * @param taskType the stored word of the task that a call becomes
 * @param description may be null
 * @param configuration method, url, and where given headers, parameters, result
 * @param authentication opened, with type and its secret fields; null when the tool has none
 */
public record ToolSetup(
        long toolId,
        String toolName,
        String taskType,
        String description,
        JsonObject configuration,
        JsonObject authentication) {

    @Override
    public String toString() {
        return "ToolSetup[toolId=" + toolId + ", toolName=" + toolName + "]";
    }
}
