package dev.comuta.call.summary;

import dev.comuta.platform.rest.OneLine;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a person may write about a call. */
@Schema(name = "SummaryFields", description = "What a person writes about a call.")
record SummaryFields(
        @Size(max = 4000)
        @Schema(
                description = "What was said; null removes it",
                examples = "Maria quer visitar o apartamento da rua X no sábado.")
        String summary,

        @OneLine
        @Size(max = 60)
        @Schema(description = "One of the client's outcomes (`getCallOutcomes`); null removes it", examples = "Retorno")
        String outcome) {}
