package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** A recording of the simulated LiveKit. Its file is written when it ends. */
final class LiveKitRecording {

    private static final long NANOSECONDS = 1_000_000_000L;

    private final String id = Secrets.sid("EG_");
    private final Instant startedAt = Instant.now();
    private final LiveKitRoom room;
    private final String path;
    private String status = "EGRESS_STARTING";
    private String location;
    private long size;
    private Instant endedAt;

    LiveKitRecording(LiveKitRoom room, String path) {
        this.room = room;
        this.path = path;
    }

    String id() {
        return id;
    }

    String path() {
        return path;
    }

    LiveKitRoom room() {
        return room;
    }

    String status() {
        return status;
    }

    void status(String next) {
        status = next;
    }

    boolean isEnded() {
        return endedAt != null;
    }

    /** Whole seconds since its start, at least one. */
    int seconds() {
        return (int) Math.max(1, Instant.now().getEpochSecond() - startedAt.getEpochSecond());
    }

    void end(String finalStatus, String fileLocation, long fileSize) {
        status = finalStatus;
        location = fileLocation;
        size = fileSize;
        endedAt = Instant.now();
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("egress_id", id).put("room_id", room.sid()).put("room_name", room.name());
        json.put("status", status).put("started_at", nanoseconds(startedAt));
        json.put("ended_at", nanoseconds(endedAt)).put("error", "").put("error_code", 0);
        if (location != null) {
            json.putArray("file_results")
                    .addObject()
                    .put("filename", path)
                    .put("location", location)
                    .put("duration", Long.toString(seconds() * NANOSECONDS))
                    .put("size", Long.toString(size));
        } else {
            json.putArray("file_results");
        }
        return json;
    }

    private static String nanoseconds(Instant time) {
        return time == null ? "0" : Long.toString(time.getEpochSecond() * NANOSECONDS + time.getNano());
    }
}
