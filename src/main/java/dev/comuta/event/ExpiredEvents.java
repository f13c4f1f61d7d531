package dev.comuta.event;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionConfig;
import dev.comuta.platform.privacy.RetentionRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Removes events after the retention period of their client. */
@ApplicationScoped
class ExpiredEvents implements RetentionRule {

    private static final int BATCH = 10_000;
    private static final String REMOVE = "delete from Events where EventID in (select comuta_expired_events($1, $2))";

    private final RetentionConfig config;

    ExpiredEvents(RetentionConfig config) {
        this.config = config;
    }

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return tx.sql(REMOVE, config.eventDays(), BATCH).map(removed -> removed.rowCount() == BATCH);
    }
}
