package dev.comuta.alert;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Something that a person should see. */
@Schema(name = "Alert", description = "A problem that needs attention.")
record AlertView(
        @Schema(description = "Id of the alert") long alertId,

        @Schema(
                nullable = true,
                description = "Client company that the alert is about; null for an alert of the platform")
        Long clientId,

        @Schema(
                description =
                        "What the alert is about, in a form that does not change: an open alert with the same cause is counted instead of a new one opened",
                examples = "tarefa/ConsultaCRM")
        String cause,

        @Schema(
                description = "One sentence for a person, in Portuguese, from the last occurrence",
                examples = "A tarefa ConsultaCRM falhou")
        String detail,

        @Schema(implementation = AlertStatus.class, description = "State of the alert")
        String status,

        @Schema(description = "How often the problem was noticed since the alert was opened")
        int occurrences,

        @Schema(description = "When the problem was noticed first")
        Instant firstAt,

        @Schema(description = "When the problem was noticed last")
        Instant lastAt,

        @Schema(nullable = true, description = "When a person acknowledged the alert; null when nobody did")
        Instant acknowledgedAt,

        @Schema(nullable = true, description = "When a person resolved the alert; null when nobody did")
        Instant resolvedAt) {}
