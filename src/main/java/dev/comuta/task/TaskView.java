package dev.comuta.task;

import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Something that happens in the background. */
@Schema(name = "Task", description = "Something that is done in the background.")
public record TaskView(
        @Schema(description = "Id of the task") long taskId,

        @Schema(nullable = true, description = "Client company; null for a task of the platform")
        Long clientId,

        @Schema(nullable = true, description = "Session of the task; null when it has none")
        Long sessionId,

        @Schema(ref = "TaskType", description = "Type of the task", examples = "ConsultaCRM")
        String taskType,

        @Schema(implementation = TaskStatus.class, description = "State of the task", examples = "Concluída")
        String status,

        @Schema(
                nullable = true,
                description = "Input of the task; null when it has none",
                examples = "{\"tool\": \"buscar_imoveis\", \"arguments\": {\"bairro\": \"Centro\"}}")
        Map<String, Object> requestData,

        @Schema(
                nullable = true,
                description = "Result of the task; null before its end and when it has none",
                examples = "{\"propriedades\": [\"Imóvel A\", \"Imóvel B\"]}")
        Map<String, Object> resultData,

        @Schema(description = "Number of attempts so far") int attempts,

        @Schema(nullable = true, description = "Why the last attempt failed; null when it did not")
        String lastError,

        Instant createdAt,

        @Schema(nullable = true, description = "When the task last changed; null when it never did")
        Instant updatedAt) {}
