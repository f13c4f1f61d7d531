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
    private final LiveKitRequest file;
    private String status = "EGRESS_STARTING";
    private String location;
    private long size;
    private String error = "";
    private Instant endedAt;

    /** @param file the output that was requested */
    LiveKitRecording(LiveKitRoom room, LiveKitRequest file) {
        this.room = room;
        this.file = file;
    }

    String id() {
        return id;
    }

    String path() {
        return file.required("filepath");
    }

    /** The address in the bucket of the request; empty for the storage of the server. */
    String inBucket() {
        LiveKitRequest s3 = file.message("s3");
        String bucket = s3.text("bucket");
        String endpoint = s3.text("endpoint").replaceFirst("/+$", "");
        return bucket.isEmpty()
                ? ""
                : (endpoint.isEmpty() ? "https://s3.amazonaws.com" : endpoint) + "/" + bucket + "/" + path();
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

    void fail(String why) {
        error = why;
        status = "EGRESS_FAILED";
        endedAt = Instant.now();
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("egress_id", id).put("room_id", room.sid()).put("room_name", room.name());
        json.put("status", status).put("started_at", nanoseconds(startedAt));
        json.put("ended_at", nanoseconds(endedAt)).put("error", error);
        json.put("error_code", error.isEmpty() ? 0 : 500);
        ObjectNode request =
                json.putObject("room_composite").put("room_name", room.name()).put("audio_only", true);
        request.putArray("file_outputs").addObject().put("file_type", "OGG").put("filepath", path());
        if (location != null) {
            json.putArray("file_results")
                    .addObject()
                    .put("filename", path())
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
