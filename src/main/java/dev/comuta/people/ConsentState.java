package dev.comuta.people;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether an end user may be contacted. */
@Schema(name = "ConsentState", description = "Whether an end user may be contacted.")
record ConsentState(
        @Schema(
                enumeration = {"WhatsApp", "VoiceCall"},
                nullable = true,
                description = "Kind of channel as asked; null when the query named none")
        String channelType,

        @Schema(
                nullable = true,
                description = "Purpose as asked; null when the query named none",
                examples = "Marketing")
        String purpose,

        @Schema(implementation = ConsentStatus.class, description = "The decision in force")
        String status) {}
