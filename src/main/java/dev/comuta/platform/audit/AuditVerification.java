package dev.comuta.platform.audit;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether an audit is as it was written. */
@Schema(
        name = "AuditVerification",
        description = "Result of verifying a part of the hash chain of an audit, and its last checkpoint.")
record AuditVerification(
        @Schema(
                description =
                        "Whether every checked entry, the end of the chain and the last checkpoint are as they were written",
                examples = "true")
        boolean holds,

        @Schema(description = "Number of entries in the chain", examples = "42")
        long entries,

        @Schema(
                description =
                        "Hash of the last entry; empty when there is none. Keep it with `entries` outside Comuta to detect that the whole chain was written anew.",
                examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String head,

        @Schema(description = "Place after which the check began", examples = "40")
        long checkedFrom,

        @Schema(description = "Last place that was checked", examples = "42")
        long checkedTo,

        @Schema(nullable = true, description = "Value of `after` for the next part; null when no entries are left")
        Long next,

        @Schema(nullable = true, description = "The last checkpoint; null when there is none")
        AuditCheckpointView checkpoint,

        @Schema(
                enumeration = {"Alterada", "Removida", "Deslocada", "Forjada"},
                nullable = true,
                description =
                        "Fault of the first faulty entry: `Alterada` (changed), `Removida` (removed), `Deslocada` (does not follow the previous one) or `Forjada` (the last checkpoint is not signed by the server); null when none is faulty")
        String fault,

        @Schema(nullable = true, description = "Place of the faulty entry in the chain; null when none is faulty")
        Long faultySequence,

        @Schema(nullable = true, description = "Id of the faulty entry; null when none is faulty or the entry is gone")
        Long faultyAuditId) {}
