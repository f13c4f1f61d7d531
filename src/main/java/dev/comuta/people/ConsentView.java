package dev.comuta.people;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Something that an end user said about being contacted; it is never changed, only followed by another. */
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
                description = "Kind of channel that the decision is about; null for every kind")
        String channelType,

        @Schema(
                nullable = true,
                description = "Purpose that the decision is about; null for every purpose",
                examples = "Marketing")
        String purpose,

        @Schema(implementation = ConsentDecision.class, description = "Decision of the end user")
        String status,

        @Schema(implementation = ConsentSource.class, description = "Way in which the end user expressed it")
        String source,

        @Schema(nullable = true, description = "Message that expressed it; null when it was expressed elsewhere")
        Long messageId,

        @Schema(description = "When it was recorded") Instant recordedAt) {}
