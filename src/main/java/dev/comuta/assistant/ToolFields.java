package dev.comuta.assistant;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What may be said about a tool.
 *
 * @param toolName by which the assistant calls it
 * @param taskType the task that a call becomes
 * @param description tells the assistant when to use it
 */
record ToolFields(
        @NotNull
        @Pattern(
                regexp = "[a-z][a-z0-9_]{0,63}",
                message = "must be 1 to 64 of a-z, 0-9 and _, and begin with a letter")
        @Schema(examples = "buscar_imoveis")
        String toolName,

        @NotNull @Pattern(regexp = "ConsultaCRM") @Schema(examples = "ConsultaCRM")
        String taskType,

        @Size(max = 2000) @Schema(examples = "Busca imóveis disponíveis em um bairro")
        String description,

        @NotNull @Valid ToolConfiguration configuration) {}
