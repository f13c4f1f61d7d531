package dev.comuta.access;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How one key takes the place of another.
 *
 * @param overlapSeconds how long the one before stays in force, at most 30 days; a day when left out
 */
record ApiKeyReplacement(
        @Min(0) @Max(2_592_000) @Schema(examples = "3600") Integer overlapSeconds) {

    private static final int A_DAY = 86_400;

    int overlap() {
        return overlapSeconds == null ? A_DAY : overlapSeconds;
    }
}
