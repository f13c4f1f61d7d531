package dev.comuta.assistant.tryout;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A turn to try. */
@Schema(
        name = "TryTurn",
        description = "A text of an end user, and the results of tools that the assistant called for it.")
record TryTurn(
        @NotBlank
        @Size(max = 4096)
        @Schema(
                description = "Text of the end user; at most 4096 characters",
                examples = "Há imóveis no bairro Centro?")
        String text,

        @Size(max = 16) @Schema(description = "Results of tools, at most 16; none when left out")
        List<@NotNull @Valid Result> results) {

    /** The result of one tool. */
    @Schema(name = "TryToolResult", description = "The result of a tool that the assistant called.")
    record Result(
            @NotBlank @Size(max = 64) @Schema(description = "Name of the tool", examples = "buscar_imoveis")
            String tool,

            @NotNull
            @Schema(description = "Arguments of the call, as it was returned", examples = "{\"bairro\": \"Centro\"}")
            Map<String, Object> arguments,

            @Schema(
                    description = "Result of the tool; the tool failed when left out",
                    examples = "{\"propriedades\": [\"Apartamento A\"]}")
            Map<String, Object> result) {}
}
