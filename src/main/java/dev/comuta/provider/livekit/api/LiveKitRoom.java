package dev.comuta.provider.livekit.api;

import java.time.Instant;

/**
 * A room. What the server keeps secret about it ({@code turnPassword}) is not read.
 *
 * @param sid null when a webhook names the room only
 * @param metadata null for none
 * @param createdAt null when unknown
 */
public record LiveKitRoom(String sid, String name, String metadata, long participants, Instant createdAt) {

    /** {@return the room, or null when it has no name} */
    static LiveKitRoom of(ProtoJson room) {
        return room.text("name") == null
                ? null
                : new LiveKitRoom(
                        room.text("sid"),
                        room.text("name"),
                        room.text("metadata"),
                        room.number("num_participants"),
                        room.seconds("creation_time"));
    }

    /** The name may contain a telephone number. */
    @Override
    public String toString() {
        return "LiveKitRoom[" + sid + "]";
    }
}
