package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A room of the simulated LiveKit with its participants. */
final class LiveKitRoom {

    private final String sid = Secrets.sid("RM_");
    private final Instant createdAt = Instant.now();
    private final Map<String, LiveKitParticipant> participants = new LinkedHashMap<>();
    private final String name;
    private final String metadata;

    LiveKitRoom(String name, String metadata) {
        this.name = name;
        this.metadata = metadata;
    }

    String name() {
        return name;
    }

    String sid() {
        return sid;
    }

    Collection<LiveKitParticipant> participants() {
        return participants.values();
    }

    Optional<LiveKitParticipant> find(String identity) {
        return Optional.ofNullable(participants.get(identity));
    }

    void add(LiveKitParticipant participant) {
        participants.put(participant.identity(), participant);
    }

    void remove(String identity) {
        participants.remove(identity);
    }

    /** The form of responses. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("sid", sid).put("name", name).put("empty_timeout", 300).put("max_participants", 0);
        json.put("creation_time", Long.toString(createdAt.getEpochSecond()));
        json.put("turn_password", "sandbox-turn-password").put("metadata", metadata);
        json.put("num_participants", participants.size()).put("num_publishers", participants.size());
        json.put("active_recording", false).put("departure_timeout", 20);
        return json.put("creation_time_ms", Long.toString(createdAt.toEpochMilli()));
    }
}
