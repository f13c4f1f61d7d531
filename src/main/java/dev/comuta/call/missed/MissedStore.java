package dev.comuta.call.missed;

import dev.comuta.call.CallRef;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Statements about missed calls. */
@ApplicationScoped
class MissedStore {

    private static final String MISS = "select * from comuta_miss_call($1, $2)";

    private static final String CALLER =
            "select * from comuta_missed_caller($1, $2, $3::double precision * interval '1 second')";

    private static final String ATTENDED =
            "update Calls set Missed = false where ClientID = $1 and CallID = $2 and Missed";

    private static final String NOTIFIED = """
            update Calls set FollowUpAt = clock_timestamp(), FollowUpMessageID = $3, FollowUpRefusal = $4
            where ClientID = $1 and CallID = $2""";

    private static final String CHANNELS = """
            select distinct c.ChannelID from comuta_sessions_of_end_user($1, $2) s
            join Calls c on c.SessionID = s.session_id
            where c.Missed and c.StartTime > now() - interval '30 days'""";

    private static final String PERSON = "select end_user_id from comuta_session_people($1, $2)";

    /**
     * A call that has just been marked as missed.
     *
     * @param endUserId null when the caller's number is withheld
     * @param answered whether the caller has spoken with the company since, or is calling now
     */
    record MissedCall(CallRef call, long sessionId, long channelId, Long endUserId, boolean answered) {}

    /**
     * The caller of a missed call.
     *
     * @param broker null for none
     * @param name null when not known
     * @param wasNotified whether the person got a template not long ago
     * @param answered whether the company has spoken with or written to the person since the call
     */
    record MissedCaller(
            long sessionId,
            long channelId,
            long endUserId,
            Long broker,
            String name,
            boolean wasNotified,
            boolean answered) {}

    /** {@return the call, or null when it is not missed, or was marked before} */
    Uni<MissedCall> miss(Tx tx, CallRef call) {
        return tx.find(MISS, row -> missed(row, call), call.clientId(), call.callId());
    }

    private static MissedCall missed(Row row, CallRef call) {
        return new MissedCall(
                call,
                row.getLong("session_id"),
                row.getLong("channel_id"),
                row.getLong("end_user_id"),
                row.getBoolean("answered"));
    }

    /** {@return the caller, or null when the call is not missed or its caller is not known} */
    Uni<MissedCaller> caller(Tx tx, CallRef call, Duration pause) {
        return tx.find(CALLER, MissedStore::caller, call.clientId(), call.callId(), (double) pause.toSeconds());
    }

    private static MissedCaller caller(Row row) {
        return new MissedCaller(
                row.getLong("session_id"),
                row.getLong("channel_id"),
                row.getLong("end_user_id"),
                row.getLong("broker"),
                row.getString("person_name"),
                row.getBoolean("was_notified"),
                row.getBoolean("answered"));
    }

    /** Late news: somebody took the call. */
    Uni<Void> attended(Tx tx, CallRef call) {
        return tx.execute(ATTENDED, call.clientId(), call.callId()).replaceWithVoid();
    }

    /** @param messageId the template; null with the reason why none was sent */
    Uni<Void> notified(Tx tx, CallRef call, Long messageId, String refusal) {
        return tx.execute(NOTIFIED, call.clientId(), call.callId(), messageId, refusal)
                .replaceWithVoid();
    }

    /** The channels on which a person's calls of the last month were missed. */
    Uni<List<Long>> channelsOfMissed(Tx tx, long clientId, long endUserId) {
        return tx.list(CHANNELS, row -> row.getLong(0), clientId, endUserId);
    }

    /** {@return the end user of a session, or null when it has none} */
    Uni<Long> person(Tx tx, long clientId, long sessionId) {
        return tx.find(PERSON, row -> row.getLong(0), clientId, sessionId);
    }
}
