package dev.comuta.session;

import dev.comuta.event.EventType;
import dev.comuta.event.Events;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Statements of the table Sessions. A transaction that writes to a session locks its row first. */
@ApplicationScoped
public class SessionStore {

    private static final String LOCK = """
            select ChannelID, EndUserID, EndTime is null as open, HandedOffAt is not null as handedoff,
                   coalesce(WindowEndsAt > clock_timestamp(), false) as windowopen,
                   EndUserID is not null and SessionType = 'Conversa' as conversation
            from Sessions where SessionID = $1 and ClientID = $2 for no key update""";
    private static final String PERSON_WROTE = """
            update Sessions set LastMessageAt = clock_timestamp(), PersonActedAt = clock_timestamp()
            where SessionID = $1 and ClientID = $2""";
    private static final String PERSON_ACTED =
            "update Sessions set PersonActedAt = clock_timestamp() where SessionID = $1 and ClientID = $2";
    private static final String HAND_OFF =
            "update Sessions set HandedOffAt = clock_timestamp() where SessionID = $1 and ClientID = $2";
    private static final String WAITING = """
            select ChannelID, AssistantID is not null as assistant, HandedOffAt is not null as handedoff, PersonActedAt,
                   ClosedNoticeAt
            from Sessions
            where SessionID = $1 and ClientID = $2 and EndTime is null and EndUserID is not null
              and SessionType = 'Conversa'""";
    private static final String NOTICED =
            "update Sessions set ClosedNoticeAt = clock_timestamp() where SessionID = $1 and ClientID = $2";
    private static final String RELEASE = """
            update Sessions set HandedOffAt = null, AnswerRounds = 0, AnswerTokens = 0, AnswerCost = 0
            where SessionID = $1 and ClientID = $2""";

    private static final String SPEND = """
            update Sessions
            set SpentRounds = SpentRounds + $3, SpentTokens = SpentTokens + $4, SpentCost = SpentCost + $5,
                AnswerRounds = AnswerRounds + $3, AnswerTokens = AnswerTokens + $4, AnswerCost = AnswerCost + $5
            where SessionID = $1 and ClientID = $2""";
    private static final String ANSWERED = """
            update Sessions set AnswerRounds = 0, AnswerTokens = 0, AnswerCost = 0
            where SessionID = $1 and ClientID = $2 and (AnswerRounds > 0 or AnswerTokens > 0)""";

    private static final String CLOSE = "select comuta_close_sessions($1, $2)";

    /** now() allows a search by index; clock_timestamp() does not. Skips a locked session, because it is in use. */
    private static final String CLOSE_IDLE = """
            select cardinality(comuta_close_sessions(array(
                select s.SessionID from Sessions s
                where s.EndTime is null and s.SessionType = 'Conversa'
                  and s.StartTime <= now() - $1::double precision * interval '1 second'
                  and coalesce(s.LastMessageAt, s.StartTime) <= now() - $1::double precision * interval '1 second'
                order by s.StartTime limit $2
                for no key update skip locked), $3))""";

    /** Most sessions of an end user that one transaction locks. */
    private static final int PORTION = 10;

    /** greatest() ignores a null. */
    private static final String LOCK_UNATTENDED = """
            select SessionID, ClientID from Sessions
            where HandedOffAt is not null and EndTime is null
              and HandedOffAt <= now() - $1::double precision * interval '1 second'
              and greatest(HandedOffAt, PersonActedAt) <= now() - $1::double precision * interval '1 second'
            order by HandedOffAt limit $2
            for no key update skip locked""";

    private static final String OF_END_USER =
            "select SessionID from Sessions where ClientID = $1 and EndUserID = $2 order by SessionID";
    private static final String LOCK_OF_END_USER = """
            select SessionID from Sessions where ClientID = $1 and EndUserID = $2 and SessionID > $3
            order by SessionID limit $4 for no key update""";

    private static final String EXPORT = """
            select coalesce(jsonb_agg(comuta_channel_name(s.ChannelID) || jsonb_build_object('sessionId', s.SessionID,
                'sessionType', s.SessionType, 'startTime', s.StartTime, 'endTime', s.EndTime, 'replyTo', s.ReplyTo)
                order by s.SessionID), '[]')
            from Sessions s where s.ClientID = $1 and s.EndUserID = $2""";

    private final List<SessionListener> listeners;
    private final Events events;
    private final SessionConfig config;

    SessionStore(@All List<SessionListener> listeners, Events events, SessionConfig config) {
        this.listeners = listeners;
        this.events = events;
        this.config = config;
    }

    /** Locks the session's row. Fails with 404 when the client has no such session. */
    public Uni<LockedSession> lock(Tx tx, SessionRef session) {
        return tx.get(LOCK, LockedSession::of, "session", session.sessionId(), session.clientId());
    }

    /**
     * Records that a person writes in a session that this transaction has locked. The person takes over from the
     * assistant, unless the settings say otherwise.
     */
    public Uni<Void> personWrites(Tx tx, SessionRef session, LockedSession locked) {
        boolean takesOver = !locked.handedOff() && config.takeOverByMessage();
        return set(tx, PERSON_WROTE, session)
                .chain(() -> Unis.when(takesOver, () -> handOff(tx, session, HandOverReason.MESSAGE)))
                .chain(() -> Unis.when(locked.handedOff(), () -> notify(listener -> listener.takenOver(tx, session))))
                .chain(() -> personWrote(tx, session));
    }

    /** Notifies the listeners that a person of the company wrote. */
    Uni<Void> personWrote(Tx tx, SessionRef session) {
        return notify(listener -> listener.personWrote(tx, session));
    }

    /** Closes a session that this transaction has locked, for a person, and notifies the listeners. */
    Uni<Void> close(Tx tx, SessionRef session) {
        return set(tx, PERSON_ACTED, session)
                .chain(() -> tx.execute(CLOSE, new Long[] {session.sessionId()}, ClosingReason.REQUEST.stored()))
                .chain(() -> notify(listener -> listener.closed(tx, session)));
    }

    /** Closes the open ones of these sessions and records their events. This transaction has locked the sessions. */
    Uni<Void> closeAll(Tx tx, Long[] sessions, ClosingReason reason) {
        return tx.execute(CLOSE, sessions, reason.stored()).replaceWithVoid();
    }

    /** Closes conversations without a message for this long. Returns the number of closed ones. */
    Uni<Integer> closeIdle(Tx tx, Duration idle, int atMost) {
        return tx.find(
                CLOSE_IDLE, row -> row.getInteger(0), (double) idle.toSeconds(), atMost, ClosingReason.IDLE.stored());
    }

    /**
     * Silences the assistant in a session that this transaction has locked, notifies the listeners, and records the
     * event.
     */
    public Uni<Void> handOff(Tx tx, SessionRef session, HandOverReason reason) {
        return set(tx, HAND_OFF, session)
                .chain(() -> notify(listener -> listener.handedOff(tx, session)))
                .chain(() -> Unis.when(reason.isOfPerson(), () -> takeOver(tx, session)))
                .chain(() -> record(tx, session, EventType.SESSION_HANDED_OFF, reason))
                .chain(() -> Unis.when(
                        !reason.isOfPerson(), () -> notify(listener -> listener.waitsForPeople(tx, session))));
    }

    /** {@return an open conversation, or null when it is closed or a call} */
    public Uni<WaitingSession> findWaiting(Tx tx, SessionRef session) {
        return tx.find(WAITING, WaitingSession::of, session.sessionId(), session.clientId());
    }

    /** The end user got the notice outside of business hours, in a session that this transaction has locked. */
    public Uni<Void> noticed(Tx tx, SessionRef session) {
        return set(tx, NOTICED, session);
    }

    private Uni<Void> takeOver(Tx tx, SessionRef session) {
        return set(tx, PERSON_ACTED, session).chain(() -> notify(listener -> listener.takenOver(tx, session)));
    }

    /** Gives a session back to the assistant, in the same way as {@link #handOff}. */
    Uni<Void> release(Tx tx, SessionRef session, HandOverReason reason) {
        return set(tx, RELEASE, session)
                .chain(() -> notify(listener -> listener.released(tx, session)))
                .chain(() -> record(tx, session, EventType.SESSION_RELEASED, reason));
    }

    /**
     * Gives sessions back to the assistant in which no person took over or wrote for this long; skips sessions that
     * another transaction has locked. Returns the number of released ones.
     */
    Uni<Integer> releaseUnattended(Tx tx, Duration since, int atMost) {
        return tx.list(LOCK_UNATTENDED, SessionStore::ref, (double) since.toSeconds(), atMost)
                .call(due -> InOrder.each(due, session -> release(tx, session, HandOverReason.NO_PERSON)))
                .map(List::size);
    }

    private static SessionRef ref(Row row) {
        return new SessionRef(row.getLong("clientid"), row.getLong("sessionid"));
    }

    /** Adds the use of a model by a turn, in a session that this transaction has locked. */
    public Uni<Void> spend(Tx tx, SessionRef session, long rounds, long tokens, BigDecimal cost) {
        return tx.execute(SPEND, session.sessionId(), session.clientId(), rounds, tokens, cost)
                .replaceWithVoid();
    }

    /** The assistant answered: the use of a model for the next answer is counted from zero. */
    public Uni<Void> answered(Tx tx, SessionRef session) {
        return set(tx, ANSWERED, session);
    }

    /** The ids of all sessions of an end user. */
    public Uni<Long[]> ofEndUser(Tx tx, long clientId, long endUserId) {
        return ids(tx, OF_END_USER, clientId, endUserId);
    }

    /**
     * Locks a portion of the sessions of an end user until the end of the transaction: no other transaction writes to
     * them until then.
     *
     * @param after 0 for the first portion, then {@link #lastOf} the previous one
     */
    public Uni<Long[]> lockOfEndUser(Tx tx, long clientId, long endUserId, long after) {
        return ids(tx, LOCK_OF_END_USER, clientId, endUserId, after, PORTION);
    }

    /** The last session of a portion after which more may follow; null for the last portion. */
    public static Long lastOf(Long[] portion) {
        return portion.length < PORTION ? null : portion[PORTION - 1];
    }

    Uni<JsonArray> export(Tx tx, long clientId, long endUserId) {
        return tx.find(EXPORT, row -> row.getJsonArray(0), clientId, endUserId);
    }

    private static Uni<Void> set(Tx tx, String statement, SessionRef session) {
        return tx.execute(statement, session.sessionId(), session.clientId()).replaceWithVoid();
    }

    private static Uni<Long[]> ids(Tx tx, String statement, Object... parameters) {
        return tx.list(statement, SessionStore::id, parameters).map(ids -> ids.toArray(Long[]::new));
    }

    private static Long id(Row row) {
        return row.getLong(0);
    }

    private Uni<Void> notify(Function<SessionListener, Uni<Void>> change) {
        return InOrder.each(listeners, change::apply);
    }

    private Uni<Void> record(Tx tx, SessionRef session, EventType type, HandOverReason reason) {
        return events.record(tx, session.clientId(), session.sessionId(), type, reason.toJson());
    }
}
