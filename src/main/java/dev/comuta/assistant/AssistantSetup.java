package dev.comuta.assistant;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** tmp. */
public record AssistantSetup(
        long assistantId, String implementationReference, JsonObject configuration, List<ToolSetup> tools) {}
