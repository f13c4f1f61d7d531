package dev.comuta.call.recording;

import dev.comuta.call.CallRef;
import io.vertx.sqlclient.Row;

/**
 * A row of CallRecordings.
 *
 * @param mediaId null when it has no file
 * @param messageId null when it is no message
 */
record StoredRecording(
        long recordingId,
        CallRef call,
        long sessionId,
        String providerId,
        RecordingPurpose purpose,
        RecordingStatus status,
        Long mediaId,
        Long messageId) {

    static StoredRecording of(Row row) {
        return new StoredRecording(
                row.getLong("recordingid"),
                new CallRef(row.getLong("clientid"), row.getLong("callid")),
                row.getLong("sessionid"),
                row.getString("providerrecordingid"),
                RecordingPurpose.of(row.getString("purpose")),
                RecordingStatus.of(row.getString("status")),
                row.getLong("mediaid"),
                row.getLong("messageid"));
    }
}
