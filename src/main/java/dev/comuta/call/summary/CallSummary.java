package dev.comuta.call.summary;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The summary of a call as the API shows it. */
@Schema(name = "CallSummary", description = "What was said in a call, and how it ended.")
record CallSummary(
        @Schema(description = "Id of the call") long callId,

        @Schema(
                nullable = true,
                description = "What was said; null when there is no summary",
                examples = "Maria quer visitar o apartamento da rua X no sábado.")
        String summary,

        @Schema(
                nullable = true,
                description = "One of the client's outcomes; null when there is none",
                examples = "Visita marcada")
        String outcome,

        @Schema(nullable = true, description = "Who wrote it last; null when nobody has")
        SummaryAuthor summarizedBy,

        @Schema(nullable = true, description = "When it was last written; null when it was not")
        Instant summarizedAt) {}
