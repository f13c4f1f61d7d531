package dev.comuta.call.summary;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.comuta.platform.rest.OneLine;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An outcome of calls.
 *
 * @param description for the assistant; null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "CallOutcome", description = "How a call may end.")
record CallOutcome(
        @NotBlank @OneLine @Size(max = 60) @Schema(description = "Name of the outcome", examples = "Visita marcada")
        String outcome,

        @OneLine
        @Size(max = 300)
        @Schema(
                description = "When it applies, for the assistant that chooses one; null, or left out, for none",
                examples = "Ficou combinado um dia para ver o imóvel.")
        String description) {}
