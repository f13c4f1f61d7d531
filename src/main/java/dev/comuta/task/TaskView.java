package dev.comuta.task;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Something that happens in the background. */
@Schema(name = "Task", description = "Something that is done in the background.")
public record TaskView(
        @Schema(description = "Id of the task") long taskId,

        @Schema(nullable = true, description = "Client company; null for a task of the platform")
        Long clientId,

        @Schema(nullable = true, description = "Session of the task; null for a task without a session")
        Long sessionId,

        @Schema(ref = "TaskType", description = "Type of the task", examples = "ConsultaCRM")
        String taskType,

        @Schema(implementation = TaskStatus.class, description = "State of the task", examples = "Concluída")
        String status,

        @Schema(
                nullable = true,
                description = "Input of the task; null for a task without input",
                examples = "{\"tool\": \"buscar_imoveis\", \"arguments\": {\"bairro\": \"Centro\"}}")
        Map<String, Object> requestData,

        @Schema(
                nullable = true,
                description = "Result of the task; null before the end, and for a task without a result",
                examples = "{\"propriedades\": [\"Imóvel A\", \"Imóvel B\"]}")
        Map<String, Object> resultData,

        @Schema(description = "Number of attempts so far") int attempts,

        @Schema(
                nullable = true,
                description = "Cause of the failure of the last attempt; null when the attempt did not fail")
        String lastError,

        Instant createdAt,

        @Schema(nullable = true, description = "Time of the last change; null if never changed")
        Instant updatedAt) {

    /** The response to the request that started this task of a client. */
    public RestResponse<TaskView> accepted() {
        return ResponseBuilder.<TaskView>create(RestResponse.Status.ACCEPTED, this)
                .location(URI.create("/clients/" + clientId + "/tasks/" + taskId))
                .build();
    }
}
