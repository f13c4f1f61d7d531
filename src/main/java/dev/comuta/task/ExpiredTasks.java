package dev.comuta.task;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Finished tasks are kept for 30 days. */
@ApplicationScoped
class ExpiredTasks implements RetentionRule {

    private static final int BATCH = 10_000;
    private static final String REMOVE = """
            delete from BackgroundTasks where TaskID in (
                select TaskID from (select * from BackgroundTasks order by TaskID limit $1) oldest
                where Status not in ('Pendente', 'Em Andamento') and CreatedAt < now() - interval '30 days')""";

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return tx.execute(REMOVE, BATCH).map(removed -> removed == BATCH);
    }
}
