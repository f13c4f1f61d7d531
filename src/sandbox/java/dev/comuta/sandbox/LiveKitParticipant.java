package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** A participant of a room of the simulated LiveKit, with a track of sound. */
final class LiveKitParticipant {

    private static final String STATUS = "sip.callStatus";

    private final String sid = Secrets.sid("PA_");
    private final String trackSid = Secrets.sid("TR_");
    private final Instant joinedAt = Instant.now();
    private final Map<String, String> attributes;
    private final String identity;
    private final String kind;
    private String disconnectReason = "UNKNOWN_REASON";
    private boolean muted;

    LiveKitParticipant(String identity, String kind, Map<String, String> attributes) {
        this.identity = identity;
        this.kind = kind;
        this.attributes = new TreeMap<>(attributes);
    }

    String sid() {
        return sid;
    }

    String identity() {
        return identity;
    }

    boolean isSip() {
        return kind.equals("SIP");
    }

    boolean hasTrack(String track) {
        return trackSid.equals(track);
    }

    void mute(boolean now) {
        muted = now;
    }

    String attribute(String name) {
        return attributes.getOrDefault(name, "");
    }

    String callStatus() {
        return attribute(STATUS);
    }

    void callStatus(String status) {
        attributes.put(STATUS, status);
    }

    void disconnected(String reason) {
        disconnectReason = reason;
        if (isSip()) {
            callStatus("hangup");
        }
    }

    ObjectNode track() {
        ObjectNode track = JsonNodeFactory.instance.objectNode();
        track.put("sid", trackSid).put("type", "AUDIO").put("muted", muted);
        return track.put("source", "MICROPHONE").put("mime_type", "audio/opus");
    }

    /** The form of responses; in webhooks without tracks. */
    ObjectNode json(boolean withTracks) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("sid", sid).put("identity", identity).put("state", "ACTIVE").put("metadata", "");
        json.put("joined_at", Long.toString(joinedAt.getEpochSecond())).put("name", "");
        json.put("is_publisher", true).put("kind", kind).put("disconnect_reason", disconnectReason);
        json.put("joined_at_ms", Long.toString(joinedAt.toEpochMilli()));
        ObjectNode map = json.putObject("attributes");
        attributes.forEach(map::put);
        if (withTracks) {
            json.putArray("tracks").add(track());
        }
        return json;
    }
}
