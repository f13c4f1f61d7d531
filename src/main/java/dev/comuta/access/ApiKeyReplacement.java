package dev.comuta.access;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How one key takes the place of another. */
@Schema(description = "How a new key replaces an old one.")
record ApiKeyReplacement(
        @Min(0)
        @Max(2_592_000)
        @Schema(
                description =
                        "Seconds for which the old key stays valid beside the new one, at most 2592000 (30 days); 86400 (a day) when left out",
                examples = "3600")
        Integer overlapSeconds) {

    private static final int A_DAY = 86_400;

    int overlap() {
        return overlapSeconds == null ? A_DAY : overlapSeconds;
    }
}
