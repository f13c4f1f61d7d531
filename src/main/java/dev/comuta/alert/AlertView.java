package dev.comuta.alert;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A problem that needs attention. */
@Schema(name = "Alert", description = "A problem that needs attention.")
record AlertView(
        @Schema(description = "Id of the alert") long alertId,

        @Schema(
                nullable = true,
                description = "Client company that the alert is about; null for an alert of the platform")
        Long clientId,

        @Schema(
                description =
                        "Stable name of the problem. A client has at most one unresolved alert per cause; repetitions increase the `occurrences` of that alert.",
                examples = "tarefa/ConsultaCRM")
        String cause,

        @Schema(
                description = "Description of the last occurrence, one sentence in Portuguese",
                examples = "A tarefa ConsultaCRM falhou")
        String detail,

        @Schema(
                nullable = true,
                description =
                        "Technical cause of the last occurrence; null when `detail` says everything, and after an erasure",
                examples = "the other side answered 500")
        String technicalDetail,

        @Schema(implementation = AlertStatus.class, description = "State of the alert")
        String status,

        @Schema(description = "Number of occurrences since the alert was opened")
        int occurrences,

        @Schema(description = "When the problem first occurred")
        Instant firstAt,

        @Schema(description = "When the problem last occurred")
        Instant lastAt,

        @Schema(
                nullable = true,
                description = "Time of the acknowledgement; null for an alert that is not acknowledged")
        Instant acknowledgedAt,

        @Schema(nullable = true, description = "Time of the resolution; null for an alert that is not resolved")
        Instant resolvedAt) {}
