package dev.comuta.session;

import dev.comuta.event.EventType;
import dev.comuta.event.Events;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Tx;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Statements of the table Sessions. A transaction that writes to a session locks its row first. */
@ApplicationScoped
public class SessionStore {

    private static final String LOCK = """
            select ChannelID, EndTime is null as open, HandedOffAt is not null as handedoff,
                   EndUserID is not null and SessionType = 'Conversa' as conversation
            from Sessions where SessionID = $1 and ClientID = $2 for no key update""";
    private static final String TOUCH =
            "update Sessions set LastMessageAt = clock_timestamp() where SessionID = $1 and ClientID = $2";
    private static final String HAND_OFF =
            "update Sessions set HandedOffAt = clock_timestamp() where SessionID = $1 and ClientID = $2";
    private static final String RELEASE =
            "update Sessions set HandedOffAt = null where SessionID = $1 and ClientID = $2";

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

    private static final String OF_END_USER =
            "select SessionID from Sessions where ClientID = $1 and EndUserID = $2 order by SessionID";
    private static final String LOCK_OF_END_USER = """
            select SessionID from Sessions where ClientID = $1 and EndUserID = $2 and SessionID > $3
            order by SessionID limit $4 for no key update""";

    private static final String EXPORT = """
            select coalesce(jsonb_agg(comuta_channel_name(s.ChannelID) || jsonb_build_object('sessionId', s.SessionID,
                'sessionType', s.SessionType, 'startTime', s.StartTime, 'endTime', s.EndTime)
                order by s.SessionID), '[]')
            from Sessions s where s.ClientID = $1 and s.EndUserID = $2""";

    /** To be formatted with the kind of data and the column that stores the time of its removal. */
    private static final String LOCK_EXPIRED = """
            select s.SessionID from Sessions s
            where s.SessionID in (
                select due.SessionID from comuta_retention_days('%s', $1) kept
                cross join lateral (
                    select d.SessionID from Sessions d
                    where d.ClientID = kept.client_id and d.EndTime is not null and d.%s is null
                      and d.EndTime < clock_timestamp() - make_interval(days => kept.days)
                    order by d.EndTime limit $2) due
                limit $2)
            order by s.SessionID for no key update skip locked""";

    private static final String LOCK_EXPIRED_CONTENT = LOCK_EXPIRED.formatted("content", "ContentRemovedAt");
    private static final String LOCK_EXPIRED_MEDIA = LOCK_EXPIRED.formatted("media", "MediaRemovedAt");
    private static final String CONTENT_REMOVED = """
            update Sessions
            set ContentRemovedAt = clock_timestamp(), MediaRemovedAt = coalesce(MediaRemovedAt, clock_timestamp())
            where SessionID = any ($1)""";
    private static final String MEDIA_REMOVED =
            "update Sessions set MediaRemovedAt = clock_timestamp() where SessionID = any ($1)";

    private static final String LOCK_WITHOUT_CONTENT = """
            select s.SessionID from Sessions s
            where s.SessionID in (
                select due.SessionID from comuta_retention_days('events', $2) kept
                cross join lateral (
                    select d.SessionID from Sessions d
                    where d.ClientID = kept.client_id
                      and d.ContentRemovedAt < now() - make_interval(days => greatest($1, kept.days + 1))
                    order by d.ContentRemovedAt limit $3) due
                limit $3)
            order by s.SessionID for update skip locked""";
    private static final String REMOVE = """
            delete from Sessions s
            where s.SessionID = any ($1) and s.EndTime is not null and not comuta_session_is_named(s.SessionID)""";

    private final List<SessionListener> listeners;
    private final Events events;

    SessionStore(@All List<SessionListener> listeners, Events events) {
        this.listeners = listeners;
        this.events = events;
    }

    /** Locks the session's row. Fails with 404 when the client has no such session. */
    public Uni<LockedSession> lock(Tx tx, SessionRef session) {
        return tx.get(LOCK, LockedSession::of, "session", session.sessionId(), session.clientId());
    }

    /** Sets the time of the last message to now. */
    public Uni<Void> touch(Tx tx, SessionRef session) {
        return set(tx, TOUCH, session);
    }

    /** Closes a session that this transaction has locked, records the event, and notifies the listeners. */
    Uni<Void> close(Tx tx, SessionRef session, ClosingReason reason) {
        return tx.execute(CLOSE, new Long[] {session.sessionId()}, reason.stored())
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
     *
     * @param details the data of the event
     */
    public Uni<Void> handOff(Tx tx, SessionRef session, JsonObject details) {
        return set(tx, HAND_OFF, session)
                .chain(() -> notify(listener -> listener.handedOff(tx, session)))
                .chain(() -> record(tx, session, EventType.SESSION_HANDED_OFF, details));
    }

    /** Gives a session back to the assistant, in the same way as {@link #handOff}. */
    Uni<Void> release(Tx tx, SessionRef session, JsonObject details) {
        return set(tx, RELEASE, session)
                .chain(() -> notify(listener -> listener.released(tx, session)))
                .chain(() -> record(tx, session, EventType.SESSION_RELEASED, details));
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

    /** Locks sessions, of any client, whose content has expired; skips sessions that another transaction has locked. */
    public Uni<Long[]> lockWithExpiredContent(Tx tx, int defaultDays, int atMost) {
        return ids(tx, LOCK_EXPIRED_CONTENT, defaultDays, atMost);
    }

    /** The same for media. */
    public Uni<Long[]> lockWithExpiredMedia(Tx tx, int defaultDays, int atMost) {
        return ids(tx, LOCK_EXPIRED_MEDIA, defaultDays, atMost);
    }

    /** Records that the content of these sessions was removed, so that they do not expire a second time. */
    public Uni<Void> contentRemoved(Tx tx, Long[] sessions) {
        return tx.execute(CONTENT_REMOVED, (Object) sessions).replaceWithVoid();
    }

    /** The same for media. */
    public Uni<Void> mediaRemoved(Tx tx, Long[] sessions) {
        return tx.execute(MEDIA_REMOVED, (Object) sessions).replaceWithVoid();
    }

    /**
     * Locks sessions, of any client, whose content was removed so long ago that the session itself is removed; skips
     * sessions that another transaction has locked.
     *
     * @param days after the removal of the content
     * @param defaultEventDays a session is kept longer than the client's events
     */
    public Uni<Long[]> lockWithoutContent(Tx tx, int days, int defaultEventDays, int atMost) {
        return ids(tx, LOCK_WITHOUT_CONTENT, days, defaultEventDays, atMost);
    }

    /** Removes those of these sessions that no row names. Returns their number. */
    public Uni<Integer> remove(Tx tx, Long[] sessions) {
        return tx.execute(REMOVE, (Object) sessions);
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

    private Uni<Void> record(Tx tx, SessionRef session, EventType type, JsonObject details) {
        return events.record(tx, session.clientId(), session.sessionId(), type, details);
    }
}
