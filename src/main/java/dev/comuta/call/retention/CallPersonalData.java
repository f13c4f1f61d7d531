package dev.comuta.call.retention;

import dev.comuta.call.CallRef;
import dev.comuta.call.Calls;
import dev.comuta.call.recording.CallRecordings;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.EndReason;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.PersonalData;
import dev.comuta.session.SessionStore;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The calls of an end user. The calls of an erased end user remain, with their outcome, but without number, name, recordings
 * and summary. A call that goes on is not interrupted: the steps of an incoming one remain, without the caller's name, and
 * what is reported later is stored without its person.
 */
@ApplicationScoped
class CallPersonalData implements PersonalData {

    private static final String EXPORT = """
            select jsonb_build_object(
                'calls', (
                    select coalesce(jsonb_agg(jsonb_build_object('callId', c.CallID, 'sessionId', c.SessionID,
                        'callDirection', c.CallDirection, 'callStatus', c.CallStatus, 'from', c.FromNumber,
                        'to', c.ToNumber, 'startTime', c.StartTime, 'endTime', c.EndTime, 'seconds', c.Seconds,
                        'missed', c.Missed,
                        'summary', (select s.Summary from CallSummaries s where s.CallID = c.CallID),
                        'outcome', (select s.Outcome from CallSummaries s where s.CallID = c.CallID), 'legs', (
                            select coalesce(jsonb_agg(jsonb_build_object('legStatus', l.LegStatus,
                                'startTime', l.StartTime, 'endTime', l.EndTime, 'seconds', l.Seconds)
                                order by l.LegID), '[]')
                            from CallLegs l where l.CallID = c.CallID),
                        'transferSummaries', (
                            select coalesce(jsonb_agg(t.Summary order by t.TransferID), '[]')
                            from CallTransfers t where t.CallID = c.CallID and t.Summary is not null))
                        order by c.CallID), '[]')
                    from Calls c where c.ClientID = $1 and c.SessionID = any ($2)),
                'recordings', (
                    select coalesce(jsonb_agg(jsonb_build_object('recordingId', r.RecordingID, 'callId', r.CallID,
                        'purpose', r.Purpose, 'seconds', r.Seconds, 'startTime', r.StartTime, 'mediaId', r.MediaID)
                        order by r.RecordingID), '[]')
                    from CallRecordings r where r.ClientID = $1 and r.SessionID = any ($2)))""";

    /** The company's own numbers and its people remain. */
    private static final String ERASE = """
            with calls as (
                update Calls c
                set FromNumber = case when c.CallDirection = 'Outbound' then c.FromNumber end,
                    ToNumber = case when c.CallDirection = 'Inbound' then c.ToNumber end,
                    Script = case when c.CallDirection = 'Inbound' and c.EndTime is null
                        then c.Script || '{"caller": null}' end,
                    FollowUpMessageID = null, ErasedAt = coalesce(c.ErasedAt, clock_timestamp())
                where c.ClientID = $1 and c.SessionID = any ($2)
                returning c.CallID, c.CallDirection
            ), transfers as (
                update CallTransfers t set Summary = null from calls c where t.CallID = c.CallID
            ), summaries as (
                update CallSummaries s set Summary = null, Version = s.Version + 1
                from calls c where s.CallID = c.CallID and s.Summary is not null
            )
            update CallLegs l set ToNumber = null
            from calls c where l.CallID = c.CallID and l.UserID is null and c.CallDirection = 'Outbound'""";

    private static final String UNDIALED = """
            select CallID from Calls
            where ClientID = $1 and SessionID = any ($2) and CallStatus = 'Initiated' and ProviderCallID is null""";

    private final SessionStore sessions;
    private final Calls calls;
    private final CallRecordings recordings;

    CallPersonalData(SessionStore sessions, Calls calls, CallRecordings recordings) {
        this.sessions = sessions;
        this.calls = calls;
        this.recordings = recordings;
    }

    @Override
    public Uni<JsonObject> export(Tx tx, Person person) {
        return sessions.ofEndUser(tx, person.clientId(), person.endUserId())
                .chain(ids -> tx.find(EXPORT, row -> row.getJsonObject(0), person.clientId(), ids));
    }

    @Override
    public Uni<Long> erase(Tx tx, Person person, long after) {
        return sessions.lockOfEndUser(tx, person.clientId(), person.endUserId(), after)
                .call(portion -> withdraw(tx, person.clientId(), portion))
                .call(portion -> recordings.erase(tx, person.clientId(), portion))
                .call(portion -> tx.execute(ERASE, person.clientId(), portion))
                .map(SessionStore::lastOf);
    }

    /** Calls that were not dialled yet have no task any more. */
    private Uni<Void> withdraw(Tx tx, long clientId, Long[] sessionIds) {
        CallNews end = CallNews.of(CallStatus.CANCELED).because(EndReason.WITHDRAWN);
        return tx.list(UNDIALED, row -> new CallRef(clientId, row.getLong(0)), clientId, sessionIds)
                .chain(undialed -> InOrder.each(undialed, call -> calls.report(tx, call, end)));
    }
}
