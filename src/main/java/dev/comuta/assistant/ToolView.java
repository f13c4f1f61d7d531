package dev.comuta.assistant;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A tool of a client's assistant.
 *
 * @param configuration of authentication the type only
 */
@Schema(name = "Tool")
record ToolView(
        long toolId,
        long clientId,
        long assistantId,
        String toolName,
        String taskType,
        String description,
        ToolConfiguration configuration,
        Instant createdAt,
        Instant updatedAt) {}
