package dev.comuta.session;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Sessions whose content, files or rows have been kept long enough, for the rooms that remove what belongs to them. */
@ApplicationScoped
public class ExpiredSessions {

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

    private static final String LOCK_FREE = "select coalesce(comuta_lock_free_sessions($1), '{}')";

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

    /** Locks sessions, of any client, whose content has expired; skips sessions that another transaction has locked. */
    public Uni<Long[]> lockWithExpiredContent(Tx tx, int defaultDays, int atMost) {
        return ids(tx, LOCK_EXPIRED_CONTENT, defaultDays, atMost);
    }

    /** The same for media. */
    public Uni<Long[]> lockWithExpiredMedia(Tx tx, int defaultDays, int atMost) {
        return ids(tx, LOCK_EXPIRED_MEDIA, defaultDays, atMost);
    }

    /** Locks those of the sessions, of any client, that no other transaction has locked, and returns them. */
    public Uni<Long[]> lockFree(Tx tx, List<Long> sessions) {
        return tx.find(LOCK_FREE, row -> row.getArrayOfLongs(0), (Object) sessions.toArray(Long[]::new));
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

    private static Uni<Long[]> ids(Tx tx, String statement, Object... parameters) {
        return tx.list(statement, ExpiredSessions::id, parameters).map(ids -> ids.toArray(Long[]::new));
    }

    private static Long id(Row row) {
        return row.getLong(0);
    }
}
