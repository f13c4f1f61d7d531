package dev.comuta.platform.audit;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A checkpoint of a chain. */
@Schema(name = "AuditCheckpoint", description = "The end of an audit chain at a time, which the server has signed.")
record AuditCheckpointView(
        @Schema(description = "Number of entries at that time", examples = "40")
        long entries,

        @Schema(
                description = "Hash of the last entry at that time",
                examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String head,

        @Schema(description = "Time of the signature", examples = "2026-01-31T12:00:00Z")
        Instant madeAt) {}
