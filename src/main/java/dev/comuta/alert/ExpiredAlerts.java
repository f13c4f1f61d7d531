package dev.comuta.alert;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionConfig;
import dev.comuta.platform.privacy.RetentionRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Removes resolved alerts after their retention period. Others are kept. */
@ApplicationScoped
class ExpiredAlerts implements RetentionRule {

    private static final int BATCH = 10_000;
    private static final String REMOVE = """
            delete from Alerts where AlertID = any (array(
                select AlertID from Alerts
                where Status = 'Resolvido' and ResolvedAt < now() - make_interval(days => $1) limit $2))""";

    private final RetentionConfig config;

    ExpiredAlerts(RetentionConfig config) {
        this.config = config;
    }

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return tx.execute(REMOVE, config.alertDays(), BATCH).map(removed -> removed == BATCH);
    }
}
