package dev.comuta.retention;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How many days a client keeps something; null is the platform's default.
 *
 * @param contentDays messages, from the end of their session
 * @param mediaDays references to media, from the end of their session
 * @param eventDays events
 */
record RetentionFields(
        @Min(1) @Max(3650) @Schema(examples = "365") Integer contentDays,
        @Min(1) @Max(3650) @Schema(examples = "90") Integer mediaDays,
        @Min(1) @Max(3650) @Schema(examples = "365") Integer eventDays) {}
