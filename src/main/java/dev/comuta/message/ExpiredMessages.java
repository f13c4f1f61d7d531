package dev.comuta.message;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionConfig;
import dev.comuta.platform.privacy.RetentionRule;
import dev.comuta.session.SessionStore;
import dev.comuta.task.TasksOfSessions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Removes the messages and the ended tasks of sessions whose content retention has expired, and the media references of
 * sessions whose media retention has expired. Later it removes the sessions themselves, with what was written to them after
 * their content was removed.
 */
@ApplicationScoped
class ExpiredMessages implements RetentionRule {

    private static final int SESSIONS_AT_ONCE = 500;

    private static final String REMOVE = "delete from Messages where SessionID = any ($1)";

    private static final String REMOVE_MEDIA = """
            update Messages set ContentData = null, Payload = null
            where SessionID = any ($1) and ContentType = any ($2) and (ContentData is not null or Payload is not null)""";

    private final SessionStore sessions;
    private final TasksOfSessions tasks;
    private final RetentionConfig config;

    ExpiredMessages(SessionStore sessions, TasksOfSessions tasks, RetentionConfig config) {
        this.sessions = sessions;
        this.tasks = tasks;
        this.config = config;
    }

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return removeContent(tx)
                .chain(more -> removeMedia(tx).map(moreMedia -> more || moreMedia))
                .chain(more -> removeSessions(tx).map(moreSessions -> more || moreSessions));
    }

    private Uni<Boolean> removeContent(Tx tx) {
        return sessions.lockWithExpiredContent(tx, config.contentDays(), SESSIONS_AT_ONCE)
                .call(due -> tx.execute(REMOVE, (Object) due))
                .call(due -> tasks.removeEnded(tx, due))
                .call(due -> sessions.contentRemoved(tx, due))
                .map(due -> due.length == SESSIONS_AT_ONCE);
    }

    /** A session that an open task names remains, and is tried in the next run. */
    private Uni<Boolean> removeSessions(Tx tx) {
        return sessions.lockWithoutContent(tx, config.sessionDays(), config.eventDays(), SESSIONS_AT_ONCE)
                .call(due -> tx.execute(REMOVE, (Object) due))
                .call(due -> tasks.removeEnded(tx, due))
                .chain(due -> sessions.remove(tx, due))
                .map(removed -> removed == SESSIONS_AT_ONCE);
    }

    private Uni<Boolean> removeMedia(Tx tx) {
        return sessions.lockWithExpiredMedia(tx, config.mediaDays(), SESSIONS_AT_ONCE)
                .call(due -> tx.execute(REMOVE_MEDIA, due, ContentType.storedMedia()))
                .call(due -> sessions.mediaRemoved(tx, due))
                .map(due -> due.length == SESSIONS_AT_ONCE);
    }
}
