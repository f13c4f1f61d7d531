package dev.comuta.people;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether an end user may be contacted. */
@Schema(name = "ConsentState", description = "Whether an end user may be contacted.")
record ConsentState(
        @Schema(
                enumeration = {"WhatsApp", "VoiceCall"},
                nullable = true,
                description = "Channel type of the request; null when the request names none")
        String channelType,

        @Schema(
                nullable = true,
                description = "Purpose of the request; null when the request names none",
                examples = "Marketing")
        String purpose,

        @Schema(implementation = ConsentStatus.class, description = "The decision in force")
        String status) {}
