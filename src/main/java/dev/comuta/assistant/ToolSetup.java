package dev.comuta.assistant;

import io.vertx.core.json.JsonObject;

/** tmp. */
public record ToolSetup(
        long toolId,
        String toolName,
        String taskType,
        String description,
        JsonObject configuration,
        JsonObject authentication) {}
