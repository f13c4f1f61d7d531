package dev.comuta.assistant;

import dev.comuta.platform.openapi.ApiValueSets;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The fields of a tool that a client can write. */
@Schema(description = "A tool of an assistant.")
record ToolFields(
        @NotNull
        @Pattern(
                regexp = "[a-z][a-z0-9_]{0,63}",
                message = "must be 1 to 64 of a-z, 0-9 and _, and begin with a letter")
        @Schema(
                description =
                        "Name by which the assistant calls the tool: 1 to 64 of `a-z`, `0-9` and `_`, beginning with a letter; unique for the assistant",
                examples = "buscar_imoveis")
        String toolName,

        @NotNull
        @Pattern(regexp = TaskTypes.QUERY + "|" + TaskTypes.VISIT)
        @Schema(description = "Type of the background task that runs a call")
        String taskType,

        @Size(max = 2000)
        @Schema(
                description = "Text that helps the assistant decide when to use the tool; at most 2000 characters",
                examples = "Busca imóveis disponíveis em um bairro")
        String description,

        @NotNull @Valid @Schema(description = "How the other system is called")
        ToolConfiguration configuration) {

    /** Values of AssistantTools.TaskType. */
    @Schema(
            name = "ToolTaskType",
            type = SchemaType.STRING,
            enumeration = {TaskTypes.QUERY, TaskTypes.VISIT},
            description = "Type of the background task that runs a call of a tool.",
            extensions = @Extension(name = ApiValueSets.GROWS, value = "true"))
    static final class TaskTypes {
        static final String QUERY = "ConsultaCRM";
        static final String VISIT = "AgendaVisita";

        private TaskTypes() {}
    }
}
