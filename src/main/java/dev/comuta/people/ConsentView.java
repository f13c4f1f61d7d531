package dev.comuta.people;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A recorded decision of an end user. It is never changed; a later entry overrides it. */
@Schema(
        name = "Consent",
        description =
                "A decision of an end user about being contacted. An entry is never changed; a later entry overrides it.")
record ConsentView(
        @Schema(description = "Id of the entry") long consentId,

        long endUserId,

        @Schema(
                enumeration = {"WhatsApp", "VoiceCall"},
                nullable = true,
                description = "Channel type that the decision is about; null for every type")
        String channelType,

        @Schema(
                nullable = true,
                description = "Purpose that the decision is about; null for every purpose",
                examples = "Marketing")
        String purpose,

        @Schema(implementation = ConsentDecision.class, description = "Decision of the end user")
        String status,

        @Schema(implementation = ConsentSource.class, description = "Way in which the end user expressed the decision")
        String source,

        @Schema(nullable = true, description = "Message that expressed the decision; null when there is none")
        Long messageId,

        @Schema(description = "When the entry was recorded") Instant recordedAt) {}
