package dev.comuta.message;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionConfig;
import dev.comuta.platform.privacy.RetentionRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** References to media are kept as long as their client says, from the end of their session; the message stays. */
@ApplicationScoped
class ExpiredMedia implements RetentionRule {

    private static final int SESSIONS_AT_ONCE = 500;

    private static final String REMOVE = """
            with due as materialized (
                select s.SessionID from Sessions s
                where s.SessionID in (select comuta_expired_media($1, $2))
                order by s.SessionID for no key update skip locked
            ), messages as (
                update Messages m set ContentData = null, Payload = null from due
                where m.SessionID = due.SessionID and m.ContentType = any ($3) and (m.ContentData is not null or m.Payload is not null)
            )
            update Sessions s set MediaRemovedAt = clock_timestamp() from due where s.SessionID = due.SessionID""";

    private final RetentionConfig config;

    ExpiredMedia(RetentionConfig config) {
        this.config = config;
    }

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return tx.sql(REMOVE, config.mediaDays(), SESSIONS_AT_ONCE, ContentType.storedMedia())
                .map(removed -> removed.rowCount() == SESSIONS_AT_ONCE);
    }
}
