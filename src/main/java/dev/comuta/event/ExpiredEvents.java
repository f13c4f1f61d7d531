package dev.comuta.event;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionConfig;
import dev.comuta.platform.privacy.RetentionRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Removes events after the retention period of their client, and those of no client after the default period. */
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

    private static final String REMOVE_OF_PLATFORM = """
            delete from Events where EventID = any (array(
                select oldest.EventID from (
                    select EventID, Timestamp from Events
                    where ClientID is null and SessionID is null order by EventID limit $2) oldest
                where oldest.Timestamp < clock_timestamp() - make_interval(days => $1)))""";

    private final RetentionConfig config;

    ExpiredEvents(RetentionConfig config) {
        this.config = config;
    }

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return tx.execute(REMOVE, config.eventDays(), BATCH)
                .chain(removed -> tx.execute(REMOVE_OF_PLATFORM, config.eventDays(), BATCH)
                        .map(ofPlatform -> removed == BATCH || ofPlatform == BATCH));
    }
}
