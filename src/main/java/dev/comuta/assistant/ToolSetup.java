package dev.comuta.assistant;

import io.vertx.core.json.JsonObject;

/**
 * A tool as turns and the tool runner use it.
 *
 * @param taskType the stored name of the task type that runs the calls of the tool
 * @param description may be null
 * @param configuration {@code method}, {@code url}, and optionally {@code headers}, {@code parameters}, {@code result}
 *     and {@code repeatable}
 * @param authentication decrypted: {@code type} and the fields of this type; null when the tool has none
 */
public record ToolSetup(
        long toolId,
        String toolName,
        String taskType,
        String description,
        JsonObject configuration,
        JsonObject authentication) {

    /** Whether a call may change the client's system. */
    public boolean changesOtherSystem() {
        return !"GET".equals(configuration.getString("method", "GET"));
    }

    /** Whether a call of unknown outcome may be repeated. */
    public boolean isRepeatable() {
        return !changesOtherSystem() || configuration.getBoolean("repeatable", false);
    }

    @Override
    public String toString() {
        return "ToolSetup[toolId=" + toolId + ", toolName=" + toolName + "]";
    }
}
