package dev.comuta.provider.livekit.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The permissions of one access token: no more than its one use needs.
 *
 * @param video about rooms; null for none
 * @param sip about telephony; null for none
 */
record LiveKitGrant(JsonObject video, JsonObject sip) {

    private static final String ROOM = "room";

    /** Creates and deletes rooms. */
    static LiveKitGrant roomCreate() {
        return new LiveKitGrant(allow("roomCreate"), null);
    }

    /** Lists rooms. */
    static LiveKitGrant roomList() {
        return new LiveKitGrant(allow("roomList"), null);
    }

    /** Administers one room: its participants, and its agents. */
    static LiveKitGrant roomAdmin(String room) {
        return new LiveKitGrant(allow("roomAdmin").put(ROOM, room), null);
    }

    /** Records rooms. */
    static LiveKitGrant roomRecord() {
        return new LiveKitGrant(allow("roomRecord"), null);
    }

    /** Administers trunks and dispatch rules. */
    static LiveKitGrant sipAdmin() {
        return new LiveKitGrant(null, allow("admin"));
    }

    /** Dials. */
    static LiveKitGrant sipCall() {
        return new LiveKitGrant(null, allow("call"));
    }

    /** Transfers a call out of one room. */
    static LiveKitGrant sipTransfer(String room) {
        return new LiveKitGrant(roomAdmin(room).video(), allow("call"));
    }

    /** Joins one room to speak and to listen, without camera, screen or data. */
    static LiveKitGrant join(String room) {
        JsonObject video = allow("roomJoin")
                .put(ROOM, room)
                .put("canPublishSources", new JsonArray(List.of("microphone")))
                .put("canPublishData", false);
        return new LiveKitGrant(video, null);
    }

    private static JsonObject allow(String permission) {
        return new JsonObject().put(permission, true);
    }
}
