package dev.comuta.platform.rest;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Options for replacing a secret. */
@Schema(description = "Options for replacing a secret.")
public record Replacement(
        @Min(0)
        @Max(2_592_000)
        @Schema(
                description =
                        "Seconds that the old secret stays valid after the new one is created: at most 2592000 (30 days); 86400 (one day) when left out",
                examples = "3600")
        Integer overlapSeconds) {

    private static final int ONE_DAY = 86_400;

    /** Seconds that the old secret stays valid. */
    public int overlap() {
        return overlapSeconds == null ? ONE_DAY : overlapSeconds;
    }
}
