package dev.comuta.assistant;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A tool of a client's assistant. */
@Schema(name = "Tool", description = "A system of the client that an assistant can query.")
record ToolView(
        @Schema(description = "Id of the tool") long toolId,

        long clientId,

        @Schema(description = "Assistant that has the tool") long assistantId,

        @Schema(description = "Name by which the assistant calls the tool", examples = "buscar_imoveis")
        String toolName,

        @Schema(
                implementation = ToolFields.TaskTypes.class,
                description = "Type of the background task that runs a call")
        String taskType,

        @Schema(
                nullable = true,
                description = "Text that helps the assistant decide when to use the tool; null when not given",
                examples = "Busca imóveis disponíveis em um bairro")
        String description,

        @Schema(
                description =
                        "How the other system is called. Of the authentication only `type` is returned, and `***` in place of the values of headers and of query parameters.")
        ToolConfiguration configuration,

        Instant createdAt,

        @Schema(nullable = true) Instant updatedAt) {}
