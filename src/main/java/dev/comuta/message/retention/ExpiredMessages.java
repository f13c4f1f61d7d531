package dev.comuta.message.retention;

import dev.comuta.media.MediaStore;
import dev.comuta.message.content.ContentType;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionConfig;
import dev.comuta.platform.privacy.RetentionRule;
import dev.comuta.session.ExpiredSessions;
import dev.comuta.task.TasksOfSessions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Removes the messages and the ended tasks of sessions whose content retention has expired, and the media files of
 * sessions whose media retention has expired. In open sessions it removes messages and files that are so old
 * themselves. Later it removes the sessions, with what was written to them after their content was removed.
 */
@ApplicationScoped
public class ExpiredMessages implements RetentionRule {

    private static final int SESSIONS_AT_ONCE = 500;

    private static final String REMOVE = """
            with parts as (delete from MessageParts where SessionID = any ($1)),
                 transcripts as (delete from Transcripts where SessionID = any ($1))
            delete from Messages where SessionID = any ($1)""";

    private static final String REMOVE_MEDIA = """
            update Messages set ContentData = null, Payload = null
            where SessionID = any ($1) and ContentType = any ($2) and (ContentData is not null or Payload is not null)""";

    /** To be formatted with the kind of data and the condition of a message that has such data. */
    private static final String FIND_OPEN = """
            select o.session_id from comuta_open_expired('%s', $1) o
            where exists (select from Messages m
                          where m.SessionID = o.session_id and m.Timestamp < o.horizon and %s)
            limit $2""";

    private static final String HAS_MEDIA =
            "m.ContentType = any ($3) and (m.ContentData is not null or m.Payload is not null)";

    private static final String FIND_OPEN_CONTENT = FIND_OPEN.formatted("content", "true");
    private static final String FIND_OPEN_MEDIA = FIND_OPEN.formatted("media", HAS_MEDIA);

    private static final String REMOVE_OPEN = """
            with removed as (
                delete from Messages m using comuta_open_expired('content', $1) o
                where o.session_id = any ($2) and m.SessionID = o.session_id and m.Timestamp < o.horizon
                returning m.MessageID, m.ContentType
            ), parts as (
                delete from MessageParts where MessageID in (select MessageID from removed)
            ), transcripts as (
                delete from Transcripts where MessageID in (select MessageID from removed)
            )
            select case when ContentType = any ($3) then MessageID end from removed""";

    private static final String REMOVE_OPEN_MEDIA = """
            update Messages m set ContentData = null, Payload = null from comuta_open_expired('media', $1) o
            where o.session_id = any ($2) and m.SessionID = o.session_id and m.Timestamp < o.horizon
              and m.ContentType = any ($3) and (m.ContentData is not null or m.Payload is not null)
            returning m.MessageID""";

    private final ExpiredSessions sessions;
    private final TasksOfSessions tasks;
    private final MediaStore media;
    private final RetentionConfig config;

    public ExpiredMessages(ExpiredSessions sessions, TasksOfSessions tasks, MediaStore media, RetentionConfig config) {
        this.sessions = sessions;
        this.tasks = tasks;
        this.media = media;
        this.config = config;
    }

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return InOrder.map(
                        List.<Supplier<Uni<Boolean>>>of(
                                () -> removeContent(tx),
                                () -> removeMedia(tx),
                                () -> removeOpenContent(tx),
                                () -> removeOpenMedia(tx),
                                () -> removeSessions(tx)),
                        Supplier::get)
                .map(more -> more.contains(true));
    }

    private Uni<Boolean> removeContent(Tx tx) {
        return sessions.lockWithExpiredContent(tx, config.contentDays(), SESSIONS_AT_ONCE)
                .call(due -> tx.execute(REMOVE, (Object) due))
                .call(due -> media.removeOfSessions(tx, due))
                .call(due -> tasks.removeEnded(tx, due))
                .call(due -> sessions.contentRemoved(tx, due))
                .map(due -> due.length == SESSIONS_AT_ONCE);
    }

    /** A session that an open task names remains, and is tried in the next run. */
    private Uni<Boolean> removeSessions(Tx tx) {
        return sessions.lockWithoutContent(tx, config.sessionDays(), config.eventDays(), SESSIONS_AT_ONCE)
                .call(due -> tx.execute(REMOVE, (Object) due))
                .call(due -> media.removeOfSessions(tx, due))
                .call(due -> tasks.removeEnded(tx, due))
                .chain(due -> sessions.remove(tx, due))
                .map(removed -> removed == SESSIONS_AT_ONCE);
    }

    private Uni<Boolean> removeMedia(Tx tx) {
        return sessions.lockWithExpiredMedia(tx, config.mediaDays(), SESSIONS_AT_ONCE)
                .call(due -> tx.execute(REMOVE_MEDIA, due, ContentType.storedMedia()))
                .call(due -> media.removeOfSessions(tx, due))
                .call(due -> sessions.mediaRemoved(tx, due))
                .map(due -> due.length == SESSIONS_AT_ONCE);
    }

    private Uni<Boolean> removeOpenContent(Tx tx) {
        int days = config.contentDays();
        String[] types = ContentType.storedWithFile();
        return tx.list(FIND_OPEN_CONTENT, row -> row.getLong(0), days, SESSIONS_AT_ONCE)
                .call(due -> sessions.lockFree(tx, due)
                        .chain(held -> tx.list(REMOVE_OPEN, row -> row.getLong(0), days, held, types))
                        .chain(removed -> removeFiles(tx, removed)))
                .map(due -> due.size() == SESSIONS_AT_ONCE);
    }

    private Uni<Boolean> removeOpenMedia(Tx tx) {
        int days = config.mediaDays();
        String[] types = ContentType.storedMedia();
        return tx.list(FIND_OPEN_MEDIA, row -> row.getLong(0), days, SESSIONS_AT_ONCE, types)
                .call(due -> sessions.lockFree(tx, due)
                        .chain(held -> tx.list(REMOVE_OPEN_MEDIA, row -> row.getLong(0), days, held, types))
                        .chain(removed -> removeFiles(tx, removed)))
                .map(due -> due.size() == SESSIONS_AT_ONCE);
    }

    /** @param messages ids, and null for a message without a file */
    private Uni<Void> removeFiles(Tx tx, List<Long> messages) {
        return media.removeOfMessages(
                tx, messages.stream().filter(Objects::nonNull).toList());
    }
}
