package dev.comuta.message.parking;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The number of parked items of one number and reason. */
@Schema(name = "ParkedItemCount", description = "How many items of one number are parked for one reason.")
record ParkedItemCount(
        @Schema(ref = "Provider", description = "Provider that delivered them")
        String provider,

        @Schema(
                description = "The provider's id of the number or account; empty for items that name none",
                examples = "106540352242922")
        String providerId,

        @Schema(implementation = ParkedReason.class, description = "Why they are parked")
        ParkedReason reason,

        @Schema(description = "Number of items") long items,

        @Schema(description = "When the oldest of them was delivered")
        Instant oldestAt) {}
