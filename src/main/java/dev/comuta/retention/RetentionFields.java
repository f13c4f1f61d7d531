package dev.comuta.retention;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many days a client keeps something; null is the platform's default. */
@Schema(description = "How long the data of a client are kept.")
record RetentionFields(
        @Min(1)
        @Max(3650)
        @Schema(
                description =
                        "Days for which the content of messages is kept, 1 to 3650; null restores the platform's default",
                examples = "365")
        Integer contentDays,

        @Min(1)
        @Max(3650)
        @Schema(
                description =
                        "Days for which references to media are kept, 1 to 3650; null restores the platform's default",
                examples = "90")
        Integer mediaDays,

        @Min(1)
        @Max(3650)
        @Schema(
                description = "Days for which events are kept, 1 to 3650; null restores the platform's default",
                examples = "365")
        Integer eventDays) {}
