package dev.comuta.message.parking;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A parked item, without its content. */
@Schema(name = "ParkedItem", description = "An item that a provider delivered and no channel could take.")
record ParkedItemView(
        @Schema(description = "Id of the parked item") long parkedItemId,

        @Schema(ref = "Provider", description = "Provider that delivered it")
        String provider,

        @Schema(
                description = "The provider's id of the number or account that it is for; empty when it names none",
                examples = "106540352242922")
        String providerId,

        @Schema(implementation = ParkedReason.class, description = "Why it is parked")
        ParkedReason reason,

        @Schema(
                nullable = true,
                description =
                        "What the item is: the type of content of a message, the status of a report, the provider's name of a notice; null for an item that could not be parsed",
                examples = "Texto")
        String label,

        @Schema(
                nullable = true,
                description = "Sender of a message; null for anything else, and when the provider gave no number",
                examples = "+5511998765432")
        String sender,

        @Schema(description = "When it was delivered") Instant receivedAt,

        @Schema(nullable = true, description = "When it was last replayed and remained; null when it never was")
        Instant triedAt,

        @Schema(
                nullable = true,
                description = "Why the last replay did not place it; null when there was none",
                examples = "no active channel has this number")
        String note) {}
