package dev.comuta.message.parking;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The result of a replay. */
@Schema(name = "ParkedReplay", description = "What became of a parked item that was replayed.")
record ParkedReplay(
        @Schema(description = "Id of the parked item") long parkedItemId,

        @Schema(implementation = ReplayResult.class, description = "What became of it")
        ReplayResult result,

        @Schema(
                nullable = true,
                description = "Why it was not placed; null when it was received",
                examples = "no active channel has this number")
        String reason,

        @Schema(nullable = true, description = "Session of the message; null unless a message was received now")
        Long sessionId,

        @Schema(nullable = true, description = "Id of the stored message; null unless a message was received now")
        Long messageId) {

    static ParkedReplay received(long parkedItemId, Long sessionId, Long messageId) {
        return new ParkedReplay(parkedItemId, ReplayResult.RECEIVED, null, sessionId, messageId);
    }

    static ParkedReplay repeated(long parkedItemId) {
        return new ParkedReplay(parkedItemId, ReplayResult.REPEATED, null, null, null);
    }

    static ParkedReplay remaining(long parkedItemId, String reason) {
        return new ParkedReplay(parkedItemId, ReplayResult.PARKED, reason, null, null);
    }
}
