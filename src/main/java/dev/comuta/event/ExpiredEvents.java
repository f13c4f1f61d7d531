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
    private static final String REMOVE = """
            delete from Events where EventID in (
                select due.EventID from comuta_retention_days('events', $1) kept
                cross join lateral (
                    select oldest.EventID from (
                        select e.EventID, e.Timestamp from Events e
                        where e.ClientID = kept.client_id order by e.Tx, e.EventID limit $2) oldest
                    where oldest.Timestamp < clock_timestamp() - make_interval(days => kept.days)) due
                where (select first.Timestamp from Events first
                       where first.ClientID = kept.client_id order by first.Tx, first.EventID limit 1)
                      < clock_timestamp() - make_interval(days => kept.days)
                limit $2)""";

    private final RetentionConfig config;

    ExpiredEvents(RetentionConfig config) {
        this.config = config;
    }

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return tx.execute(REMOVE, config.eventDays(), BATCH).map(removed -> removed == BATCH);
    }
}
