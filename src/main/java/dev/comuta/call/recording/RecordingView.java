package dev.comuta.call.recording;

import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A recording as the API shows it. */
@Schema(name = "CallRecording", description = "A recording of a call.")
public record RecordingView(
        @Schema(description = "Id of the recording") long recordingId,

        @Schema(description = "Id of the call") long callId,

        @Schema(description = "Why it was recorded") RecordingPurpose purpose,

        @Schema(description = "Status of the recording") RecordingStatus status,

        @Schema(description = "Who speaks in each channel of the file, in their order")
        List<ChannelRole> channelRoles,

        @Schema(nullable = true, description = "Length in seconds; null when not known", examples = "42")
        Integer seconds,

        @Schema(description = "When it began") Instant startTime,

        @Schema(
                nullable = true,
                description =
                        "Id of the file, for `getMedia` and `createMediaLink`; null when there is none, and after its retention time")
        Long mediaId,

        @Schema(
                nullable = true,
                description = "Message of the session that the caller left on the voicemail; null for a conversation")
        Long messageId,

        @Schema(nullable = true, description = "When the file could first be read; null before that")
        Instant availableAt) {

    static RecordingView of(Row row) {
        JsonArray roles = row.getJsonArray("channelroles");
        return new RecordingView(
                row.getLong("recordingid"),
                row.getLong("callid"),
                RecordingPurpose.of(row.getString("purpose")),
                RecordingStatus.of(row.getString("status")),
                roles.stream().map(RecordingView::role).toList(),
                row.getInteger("seconds"),
                row.getOffsetDateTime("starttime").toInstant(),
                row.getLong("mediaid"),
                row.getLong("messageid"),
                instant(row.getOffsetDateTime("availableat")));
    }

    private static ChannelRole role(Object stored) {
        return List.of(ChannelRole.values()).stream()
                .filter(role -> role.stored().equals(stored))
                .findFirst()
                .orElse(ChannelRole.ALL);
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
