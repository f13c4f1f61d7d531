package dev.comuta.provider.livekit.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A recording.
 *
 * @param path of the file that was requested; null when the server does not tell
 * @param error null for none
 * @param startedAt null before it started
 * @param endedAt null before it ended
 */
public record LiveKitEgress(
        String id,
        String room,
        String path,
        Status status,
        String error,
        long errorCode,
        Instant startedAt,
        Instant endedAt,
        List<File> files) {

    public LiveKitEgress {
        files = List.copyOf(files);
    }

    /** State of a recording. */
    public enum Status implements ProtoJson.Value {
        STARTING(0),
        ACTIVE(1),
        ENDING(2),
        COMPLETE(3),
        FAILED(4),
        ABORTED(5),
        /** The longest length was reached; there is a file. */
        LIMIT_REACHED(6),
        OTHER(UNKNOWN);

        private static final int FIRST_ENDED = 3;

        private final int number;

        Status(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }

        /** Whether it records, or will: a request to stop it has not arrived. */
        public boolean goesOn() {
            return this == STARTING || this == ACTIVE;
        }

        /** Whether it ended, so that the room may be deleted. */
        public boolean isEnded() {
            return number >= FIRST_ENDED;
        }
    }

    /**
     * A written file.
     *
     * @param name path in the bucket
     * @param location URL, as the server has it; may be null
     */
    public record File(String name, String location, Duration duration, long size) {

        private static File of(ProtoJson file) {
            return new File(
                    file.text("filename"),
                    file.text("location"),
                    Duration.ofNanos(file.number("duration")),
                    file.number("size"));
        }

        @Override
        public String toString() {
            return "File[size=" + size + "]";
        }
    }

    /** {@return the recording, or null when it has no id} */
    static LiveKitEgress of(ProtoJson egress) {
        return egress.text("egress_id") == null
                ? null
                : new LiveKitEgress(
                        egress.text("egress_id"),
                        roomOf(egress),
                        pathOf(egress),
                        egress.value("status", "EGRESS_", Status.class),
                        egress.text("error"),
                        egress.number("error_code"),
                        egress.nanoseconds("started_at"),
                        egress.nanoseconds("ended_at"),
                        filesOf(egress));
    }

    private static String roomOf(ProtoJson egress) {
        String room = egress.text("room_name");
        return room == null ? egress.message("room_composite").text("room_name") : room;
    }

    private static String pathOf(ProtoJson egress) {
        return Stream.of(egress.message("room_composite").messages("file_outputs"), egress.messages("file_results"))
                .flatMap(List::stream)
                .map(file -> file.text("filepath") == null ? file.text("filename") : file.text("filepath"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Older servers have one file in {@code file}. */
    private static List<File> filesOf(ProtoJson egress) {
        List<ProtoJson> files = egress.messages("file_results");
        return (files.isEmpty() && egress.has("file") ? List.of(egress.message("file")) : files)
                .stream().map(File::of).toList();
    }

    @Override
    public String toString() {
        return "LiveKitEgress[" + id + ", " + status + "]";
    }
}
