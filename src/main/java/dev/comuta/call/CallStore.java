package dev.comuta.call;

import dev.comuta.call.plan.CallScript;
import dev.comuta.call.plan.CallScript.Callee;
import dev.comuta.call.plan.Scripts.People;
import dev.comuta.call.state.CallNews.Price;
import dev.comuta.call.state.CallState;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.rest.PhoneNumber;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/** Statements of the tables Calls and CallLegs. */
@ApplicationScoped
class CallStore {

    private static final String RING = "select * from comuta_ring($1, $2, $3, $4, $5, $6, $7)";
    private static final String LOCK = "select * from comuta_lock_call($1, $2)";
    private static final String FIND = "select * from Calls where ClientID = $1 and CallID = $2";
    private static final String BY_PROVIDER_ID = "select comuta_call_of($1, $2)";

    private static final String STATE = "Connected = $4, EndPresumed = $5, EndReason = $6, AnsweredBy = $7,"
            + " AnsweredAt = $8, EndTime = $9, Seconds = $10, Price = $11, Currency = $12";

    /**
     * A known end is checked no more; until then the provider is asked when no news arrives. News of a call that rings does
     * not delay a question that is due earlier.
     */
    private static final String CHANGE = "update Calls set CallStatus = $3, " + STATE + """
            , CheckAt = case when $3 in ('Initiated', 'Queued', 'Ringing')
                then least(CheckAt, clock_timestamp() + $13::double precision * interval '1 second')
                else clock_timestamp() + $13::double precision * interval '1 second' end, Checks = 0
            where ClientID = $1 and CallID = $2""";

    private static final String CHANGE_LEG =
            "update CallLegs set LegStatus = $3, " + STATE + " where ClientID = $1 and LegID = $2";

    private static final String BEGIN = """
            update Calls set Script = $3, CheckAt = clock_timestamp() + $4::double precision * interval '1 second'
            where ClientID = $1 and CallID = $2""";

    private static final String ACCEPTED = """
            update Calls set ProviderCallID = $3, CheckAt = clock_timestamp() + $4::double precision * interval '1 second'
            where ClientID = $1 and CallID = $2 and ProviderCallID is null""";

    private static final String ATTEND = """
            update Calls set AttendedAt = clock_timestamp(), AttendedBy = $3
            where ClientID = $1 and CallID = $2 and AttendedAt is null
            returning AttendedAt""";

    private static final String ASSIGN_SESSION = "select comuta_assign_session($1, $2, $3)";

    private static final String LEG = """
            insert into CallLegs (ClientID, CallID, SessionID, Position, UserID, ToNumber, ProviderCallID)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (CallID, Position)
                do update set ProviderCallID = coalesce(CallLegs.ProviderCallID, excluded.ProviderCallID)
            returning *""";

    private static final String TAKEN = """
            update CallLegs set AcceptedAt = clock_timestamp()
            where ClientID = $1 and LegID = $2 and AcceptedAt is null""";

    private static final String KNOWN =
            "select ProviderCallID from Calls where ChannelID = $1 and ProviderCallID = any($2)";

    private static final String IN_CONFERENCE = "select Conference from Calls where ClientID = $1 and CallID = $2";

    /** Whoever has left a conference is neither held nor muted. */
    private static final String CONFERENCE = """
            update Calls set Conference = $3, Held = Held and $3, Muted = Muted and $3
            where ClientID = $1 and CallID = $2""";

    private static final String FORMER_SIDE = """
            insert into CallLegs (ClientID, CallID, SessionID, Position, UserID, ToNumber, ProviderCallID, LegStatus,
                                  Connected, AcceptedAt)
            select ClientID, CallID, SessionID, $4, RequestedFor, Script #>> '{outgoing,number}', ProviderCallID,
                   'In Progress', true, AttendedAt
            from Calls where ClientID = $1 and CallID = $2 and ProviderCallID <> $3
            on conflict (CallID, Position) do nothing""";

    private static final String NEW_SIDE = "update Calls set ProviderCallID = $3 where ClientID = $1 and CallID = $2";

    private static final String BY_ASSISTANT =
            "update Calls set ByAssistant = true where ClientID = $1 and CallID = $2 and not ByAssistant";

    private static final String LEGS = "select * from CallLegs where ClientID = $1 and CallID = $2 order by LegID";

    private static final String END_SESSION = "select comuta_end_call_session($1)";

    private static final String CHECK_LATER = """
            update Calls set CheckAt = clock_timestamp() + $3::double precision * interval '1 second', Checks = Checks + 1
            where ClientID = $1 and CallID = $2""";

    private static final String CHECK_WITHIN = """
            update Calls
            set CheckAt = least(CheckAt, clock_timestamp() + $3::double precision * interval '1 second')
            where ClientID = $1 and CallID = $2 and CallStatus in ('Initiated', 'Queued', 'Ringing')""";

    private static final String OF_SESSION =
            "select * from Calls where ClientID = $1 and SessionID = $2 order by CallID desc limit 1";

    private static final String STOP_CHECKING = "update Calls set CheckAt = null where ClientID = $1 and CallID = $2";

    /**
     * A call that rings.
     *
     * @param isNew whether this is its first news
     */
    record Ringing(CallRef ref, long sessionId, String sipTrunkId, boolean isNew, People people) {}

    Uni<Ringing> ring(Tx tx, InboundCall call) {
        PhoneNumber number = call.caller().number();
        return tx.find(
                RING,
                row -> ringing(row, call),
                call.channel().clientId(),
                call.channel().channelId(),
                call.providerId(),
                number == null ? null : number.identityKey(),
                number == null ? null : number.e164(),
                call.caller().text(),
                call.called());
    }

    private static Ringing ringing(Row row, InboundCall call) {
        return new Ringing(
                new CallRef(call.channel().clientId(), row.getLong("call_id")),
                row.getLong("session_id"),
                row.getString("trunk"),
                row.getBoolean("is_new"),
                new People(call.caller().number(), row.getString("person_name"), row.getLong("broker")));
    }

    /** Locks the session of a call, and the call. Fails with 404 when the client has no such call. */
    Uni<StoredCall> lock(Tx tx, CallRef call) {
        return tx.get(LOCK, StoredCall::of, "call", call.clientId(), call.callId());
    }

    /** Reads a call without a lock. Fails with 404 when the client has no such call. */
    Uni<StoredCall> get(Tx tx, CallRef call) {
        return tx.get(FIND, StoredCall::of, "call", call.clientId(), call.callId());
    }

    /** {@return the id of the call with a provider's id, or null when there is none} */
    Uni<Long> findByProviderId(Tx tx, long channelId, String providerId) {
        return tx.find(BY_PROVIDER_ID, row -> row.getLong(0), channelId, providerId);
    }

    /** Those of a provider's ids that calls of a channel have. */
    Uni<List<String>> known(Tx tx, long channelId, List<String> providerIds) {
        return tx.list(KNOWN, row -> row.getString(0), channelId, providerIds.toArray(String[]::new));
    }

    /** Whether a call has moved to its conference. Fails with 404 when the client has no such call. */
    Uni<Boolean> isInConference(Tx tx, CallRef call) {
        return tx.get(IN_CONFERENCE, row -> row.getBoolean(0), "call", call.clientId(), call.callId());
    }

    Uni<Void> setConference(Tx tx, CallRef call, boolean moved) {
        return tx.execute(CONFERENCE, call.clientId(), call.callId(), moved).replaceWithVoid();
    }

    Uni<Void> heardByAssistant(Tx tx, CallRef call) {
        return tx.execute(BY_ASSISTANT, call.clientId(), call.callId()).replaceWithVoid();
    }

    /** The call is another telephone of it from now on; the former one becomes a leg. */
    Uni<Void> change(Tx tx, CallRef call, String providerId, String formerPosition) {
        return tx.execute(FORMER_SIDE, call.clientId(), call.callId(), providerId, formerPosition)
                .chain(() -> tx.execute(NEW_SIDE, call.clientId(), call.callId(), providerId))
                .replaceWithVoid();
    }

    /** The script of a call that this transaction stored. */
    Uni<Void> begin(Tx tx, CallRef call, CallScript script, Duration checkAfter) {
        return tx.execute(BEGIN, call.clientId(), call.callId(), JsonObject.mapFrom(script), seconds(checkAfter))
                .replaceWithVoid();
    }

    /** @param checkAfter when the provider is asked if no news arrives; null for never */
    Uni<Void> change(Tx tx, CallRef call, CallState state, Duration checkAfter) {
        return tx.execute(CHANGE, values(call.clientId(), call.callId(), state, seconds(checkAfter)))
                .replaceWithVoid();
    }

    Uni<Void> changeLeg(Tx tx, CallRef call, StoredLeg leg, CallState state) {
        return tx.execute(CHANGE_LEG, values(call.clientId(), leg.legId(), state))
                .replaceWithVoid();
    }

    private static Object[] values(long clientId, long id, CallState state, Object... more) {
        Price price = state.price();
        Object[] common = {
            clientId,
            id,
            state.status().stored(),
            state.connected(),
            state.presumedEnd(),
            state.reason() == null ? null : state.reason().stored(),
            state.answeredBy() == null ? null : state.answeredBy().stored(),
            time(state.answeredAt()),
            time(state.endedAt()),
            state.duration() == null ? null : (int) state.duration().toSeconds(),
            price == null ? null : price.amount(),
            price == null ? null : price.currency()
        };
        Object[] all = Arrays.copyOf(common, common.length + more.length);
        System.arraycopy(more, 0, all, common.length, more.length);
        return all;
    }

    /** The provider accepted the call under this id. Changes nothing when the call has one. */
    Uni<Void> accepted(Tx tx, CallRef call, String providerId, Duration checkAfter) {
        return tx.execute(ACCEPTED, call.clientId(), call.callId(), providerId, seconds(checkAfter))
                .replaceWithVoid();
    }

    /** {@return the time when the call was taken, or null when it was taken before} */
    Uni<Instant> attend(Tx tx, CallRef call, Long userId) {
        return tx.find(ATTEND, row -> StoredCall.instant(row, "attendedat"), call.clientId(), call.callId(), userId);
    }

    /** Gives the session of a call to the internal user who took the call. */
    Uni<Void> assignSession(Tx tx, StoredCall call, long userId) {
        return tx.execute(ASSIGN_SESSION, call.ref().clientId(), call.sessionId(), userId)
                .replaceWithVoid();
    }

    /** The leg at a position of a call that this transaction has locked; it is added when there is none. */
    Uni<StoredLeg> leg(Tx tx, StoredCall call, String position, Callee callee, String providerId) {
        return tx.find(
                LEG,
                StoredLeg::of,
                call.ref().clientId(),
                call.ref().callId(),
                call.sessionId(),
                position,
                callee == null ? null : callee.userId(),
                callee == null ? null : callee.number() == null ? callee.sipUri() : callee.number(),
                providerId);
    }

    Uni<Void> taken(Tx tx, CallRef call, StoredLeg leg) {
        return tx.execute(TAKEN, call.clientId(), leg.legId()).replaceWithVoid();
    }

    Uni<List<StoredLeg>> legs(Tx tx, CallRef call) {
        return tx.list(LEGS, StoredLeg::of, call.clientId(), call.callId());
    }

    Uni<Void> endSession(Tx tx, StoredCall call) {
        return tx.sql(END_SESSION, call.sessionId()).replaceWithVoid();
    }

    Uni<Void> checkLater(Tx tx, CallRef call, Duration after) {
        return tx.execute(CHECK_LATER, call.clientId(), call.callId(), seconds(after))
                .replaceWithVoid();
    }

    /** The provider is asked about a call that rings within this time. */
    Uni<Void> checkWithin(Tx tx, CallRef call, Duration time) {
        return tx.execute(CHECK_WITHIN, call.clientId(), call.callId(), seconds(time))
                .replaceWithVoid();
    }

    /** {@return the newest call of a session, without a lock, or null when there is none} */
    Uni<StoredCall> findOfSession(Tx tx, long clientId, long sessionId) {
        return tx.find(OF_SESSION, StoredCall::of, clientId, sessionId);
    }

    Uni<Void> stopChecking(Tx tx, CallRef call) {
        return tx.execute(STOP_CHECKING, call.clientId(), call.callId()).replaceWithVoid();
    }

    private static Double seconds(Duration duration) {
        return duration == null ? null : (double) duration.toSeconds();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
