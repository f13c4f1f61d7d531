package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The rooms of a project of the simulated LiveKit, and the events about them. */
final class LiveKitRooms {

    private final Map<String, LiveKitRoom> rooms = new LinkedHashMap<>();
    private final BiConsumer<String, ObjectNode> events;
    private final Consumer<LiveKitRoom> finished;

    /** @param finished what is done before a room ends */
    LiveKitRooms(BiConsumer<String, ObjectNode> events, Consumer<LiveKitRoom> finished) {
        this.events = events;
        this.finished = finished;
    }

    /** The room with this name: a new one, or the existing one. */
    synchronized LiveKitRoom create(String name, String metadata) {
        LiveKitRoom existing = rooms.get(name);
        if (existing != null) {
            return existing;
        }
        LiveKitRoom room = new LiveKitRoom(name, metadata);
        rooms.put(name, room);
        events.accept("room_started", of(room));
        return room;
    }

    synchronized List<LiveKitRoom> named(List<String> names) {
        return rooms.values().stream()
                .filter(room -> names.isEmpty() || names.contains(room.name()))
                .toList();
    }

    synchronized Optional<LiveKitRoom> find(String name) {
        return Optional.ofNullable(rooms.get(name));
    }

    LiveKitRoom get(String name) {
        return find(name).orElseThrow(() -> LiveKitError.notFound("room"));
    }

    LiveKitParticipant get(String name, String identity) {
        return get(name).find(identity).orElseThrow(() -> LiveKitError.notFound("participant"));
    }

    synchronized void join(LiveKitRoom room, LiveKitParticipant participant) {
        room.add(participant);
        events.accept("participant_joined", of(room, participant));
        ObjectNode published = of(room, participant);
        published.set("track", participant.track());
        events.accept("track_published", published);
    }

    /** Removes a participant. The room ends with the last one. */
    synchronized void leave(LiveKitRoom room, LiveKitParticipant participant, String reason) {
        if (room.find(participant.identity()).isEmpty()) {
            return;
        }
        room.remove(participant.identity());
        participant.disconnected(reason);
        events.accept("participant_left", of(room, participant));
        if (room.participants().isEmpty()) {
            end(room);
        }
    }

    synchronized void delete(LiveKitRoom room) {
        List.copyOf(room.participants()).forEach(participant -> leave(room, participant, "ROOM_DELETED"));
        end(room);
    }

    private void end(LiveKitRoom room) {
        if (rooms.remove(room.name()) != null) {
            finished.accept(room);
            events.accept("room_finished", of(room));
        }
    }

    private static ObjectNode of(LiveKitRoom room) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.set("room", room.json());
        return content;
    }

    private static ObjectNode of(LiveKitRoom room, LiveKitParticipant participant) {
        ObjectNode content = of(room);
        content.set("participant", participant.json(false));
        return content;
    }
}
