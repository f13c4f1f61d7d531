package dev.comuta.call.recording;

import dev.comuta.call.CallDirection;
import dev.comuta.call.CallRef;
import dev.comuta.call.plan.CallFlow;
import dev.comuta.call.plan.CallScript;
import dev.comuta.call.recording.RecordingReport.Source;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

/** Statements of the table CallRecordings. */
@ApplicationScoped
class RecordingStore {

    private static final String LOCK_CALL = """
            select c.*, p.broker from comuta_lock_call($1, $2) c
            cross join lateral comuta_session_people(c.ClientID, c.SessionID) p""";

    /** A status that is final remains. */
    private static final String REPORT = """
            insert into CallRecordings as r
                (ClientID, CallID, SessionID, ProviderRecordingID, Purpose, Status, ChannelRoles, Seconds, StartTime)
            values ($1, $2, $3, $4, $5, $6, $7, $8, coalesce($9, clock_timestamp()))
            on conflict (CallID, ProviderRecordingID) do update
            set Status = case when r.Status in ('Gravando', 'Pausada') then excluded.Status else r.Status end,
                ChannelRoles = case when $10 then excluded.ChannelRoles else r.ChannelRoles end,
                Seconds = coalesce(excluded.Seconds, r.Seconds), StartTime = coalesce($9, r.StartTime)
            returning *""";

    private static final String FILE = """
            update CallRecordings set MediaID = $3, MessageID = $4 where ClientID = $1 and RecordingID = $2""";

    private static final String AVAILABLE = """
            update CallRecordings set AvailableAt = clock_timestamp()
            where ClientID = $1 and MediaID = $2 and AvailableAt is null
            returning *""";

    private static final String FAILED =
            "update CallRecordings set Status = 'Falhou' where ClientID = $1 and MediaID = $2 and AvailableAt is null";

    private static final String LIST =
            "select * from CallRecordings where ClientID = $1 and CallID = $2 order by RecordingID";

    private static final String DELETED = """
            update CallRecordings set OriginalDeletedAt = clock_timestamp() where ClientID = $1 and RecordingID = $2""";

    /** The channel says where the provider's copies are. */
    private static final String REMOVE = """
            delete from CallRecordings r using Calls c
            where r.ClientID = $1 and r.SessionID = any ($2) and c.CallID = r.CallID
            returning r.ProviderRecordingID, c.ChannelID, r.OriginalDeletedAt is null as kept""";

    /** A recording that was removed, of which the provider has a copy. */
    record Original(long channelId, String providerId) {}

    /**
     * A call, which this transaction has locked.
     *
     * @param broker of its session; null for none
     * @param erased whether its end user was erased
     * @param script null when it has none
     */
    record RecordedCall(
            CallRef ref,
            long sessionId,
            long channelId,
            CallDirection direction,
            boolean ringsBrokerFirst,
            Long broker,
            boolean erased,
            CallScript script) {

        /** What is recorded at a position of the script; a command records at none. */
        Source sourceAt(String position) {
            boolean isMessage = script != null && new CallFlow(ref.callId(), script).recordsMessageAt(position);
            return isMessage ? Source.VOICEMAIL : Source.DIAL;
        }

        /** The call at a position: beside the script, the broker who was rung first has left. */
        RecordedCall at(String position) {
            boolean isBeside = !position.isEmpty() && !CallFlow.isInScript(position);
            return new RecordedCall(
                    ref, sessionId, channelId, direction, ringsBrokerFirst && !isBeside, broker, erased, script);
        }
    }

    /** Locks the session of a call, and the call. Fails with 404 when the client has no such call. */
    Uni<RecordedCall> lockCall(Tx tx, CallRef call) {
        return tx.get(LOCK_CALL, row -> recordedCall(row, call), "call", call.clientId(), call.callId());
    }

    private static RecordedCall recordedCall(Row row, CallRef call) {
        JsonObject script = row.getJsonObject("script");
        CallDirection direction = CallDirection.of(row.getString("calldirection"));
        return new RecordedCall(
                call,
                row.getLong("sessionid"),
                row.getLong("channelid"),
                direction,
                direction == CallDirection.OUTBOUND && row.getLong("requestedfor") != null,
                row.getLong("broker"),
                row.getOffsetDateTime("erasedat") != null,
                script == null ? null : script.mapTo(CallScript.class));
    }

    /** Adds or changes the recording that is reported. */
    Uni<StoredRecording> report(Tx tx, RecordedCall call, RecordingReport report) {
        List<String> roles = ChannelRole.of(call, report.source(), report.channels()).stream()
                .map(ChannelRole::stored)
                .toList();
        return tx.find(
                REPORT,
                StoredRecording::of,
                call.ref().clientId(),
                call.ref().callId(),
                call.sessionId(),
                report.providerId(),
                report.purpose().stored(),
                report.effectiveStatus().stored(),
                new JsonArray(roles),
                report.duration() == null ? null : (int) report.duration().toSeconds(),
                report.startedAt() == null ? null : report.startedAt().atOffset(ZoneOffset.UTC),
                report.effectiveStatus() == RecordingStatus.RECORDED);
    }

    /** @param messageId null when it is no message */
    Uni<Void> file(Tx tx, StoredRecording recording, long mediaId, Long messageId) {
        return tx.execute(FILE, recording.call().clientId(), recording.recordingId(), mediaId, messageId)
                .replaceWithVoid();
    }

    /** {@return the recording with this file, or null when there is none or it was available before} */
    Uni<StoredRecording> available(Tx tx, long clientId, long mediaId) {
        return tx.find(AVAILABLE, StoredRecording::of, clientId, mediaId);
    }

    Uni<Void> failed(Tx tx, long clientId, long mediaId) {
        return tx.execute(FAILED, clientId, mediaId).replaceWithVoid();
    }

    /** Removes the recordings of sessions. {@return those of which the provider has a copy} */
    Uni<List<Original>> remove(Tx tx, long clientId, Long[] sessions) {
        return tx.list(REMOVE, RecordingStore::original, clientId, sessions)
                .map(all -> all.stream().filter(Objects::nonNull).toList());
    }

    private static Original original(Row row) {
        return row.getBoolean("kept")
                ? new Original(row.getLong("channelid"), row.getString("providerrecordingid"))
                : null;
    }

    Uni<List<RecordingView>> list(Tx tx, CallRef call) {
        return tx.list(LIST, RecordingView::of, call.clientId(), call.callId());
    }

    Uni<Void> originalDeleted(Tx tx, long clientId, long recordingId) {
        return tx.execute(DELETED, clientId, recordingId).replaceWithVoid();
    }
}
