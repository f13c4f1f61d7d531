package dev.comuta.retention;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Retention periods that a client sets, in days; null means the platform's default. */
@Schema(description = "Retention periods of a client.")
record RetentionFields(
        @Min(1)
        @Max(3650)
        @Schema(
                description =
                        "Days that the content of messages is kept, 1 to 3650; null restores the platform's default",
                examples = "365")
        Integer contentDays,

        @Min(1)
        @Max(3650)
        @Schema(
                description = "Days that references to media are kept, 1 to 3650; null restores the platform's default",
                examples = "90")
        Integer mediaDays,

        @Min(1)
        @Max(3650)
        @Schema(
                description =
                        "Number of days for which events are kept, 1 to 3650; null restores the platform's default",
                examples = "365")
        Integer eventDays) {}
