package dev.comuta.quota;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Removes the usage of a day after 400 days, so that a full year is always available. */
@ApplicationScoped
class ExpiredUsage implements RetentionRule {

    private static final int BATCH = 50_000;
    private static final String REMOVE = """
            delete from ClientUsage where ctid = any (array(
                select ctid from ClientUsage where Day < current_date - 400 limit $1))""";

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return tx.execute(REMOVE, BATCH).map(removed -> removed == BATCH);
    }
}
