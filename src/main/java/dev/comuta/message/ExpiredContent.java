package dev.comuta.message;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionConfig;
import dev.comuta.platform.privacy.RetentionRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Messages are kept as long as their client says, from the end of their session, and so are the tasks that asked about
 * them. The session stays, with its times.
 */
@ApplicationScoped
class ExpiredContent implements RetentionRule {

    private static final int SESSIONS_AT_ONCE = 500;

    private static final String REMOVE = """
            with due as materialized (
                select s.SessionID from Sessions s
                where s.SessionID in (select comuta_expired_content($1, $2))
                order by s.SessionID for no key update skip locked
            ), messages as (
                delete from Messages m using due where m.SessionID = due.SessionID
            ), tasks as (
                delete from BackgroundTasks t using due
                where t.SessionID = due.SessionID and t.Status not in ('Pendente', 'Em Andamento')
            )
            update Sessions s
            set ContentRemovedAt = clock_timestamp(), MediaRemovedAt = coalesce(s.MediaRemovedAt, clock_timestamp())
            from due where s.SessionID = due.SessionID""";

    private final RetentionConfig config;

    ExpiredContent(RetentionConfig config) {
        this.config = config;
    }

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return tx.sql(REMOVE, config.contentDays(), SESSIONS_AT_ONCE)
                .map(removed -> removed.rowCount() == SESSIONS_AT_ONCE);
    }
}
