package dev.comuta.task;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Finished tasks are kept for 30 days. A batch is one page of the table, in the order of the ids. The next batch continues
 * after it, so that old tasks that are still open do not stop the removal. After the last old page it begins anew.
 */
@ApplicationScoped
class ExpiredTasks implements RetentionRule {

    private static final int PAGE = 10_000;

    private static final String REMOVE = """
            with page as materialized (
                select TaskID, Status, CreatedAt < now() - interval '30 days' as old
                from BackgroundTasks where TaskID > $1 order by TaskID limit $2
            ), removed as (
                delete from BackgroundTasks t using page
                where t.TaskID = page.TaskID and page.old and page.Status not in ('Pendente', 'Em Andamento')
            )
            select TaskID, old from page order by TaskID desc limit 1""";

    /** The last task of the previous page; 0 to begin. Lost with the process, which costs only a second reading. */
    private volatile long readTo;

    private record LastOfPage(long taskId, boolean old) {}

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return tx.find(REMOVE, row -> new LastOfPage(row.getLong(0), row.getBoolean(1)), readTo, PAGE)
                .map(this::mayHaveMore);
    }

    private boolean mayHaveMore(LastOfPage last) {
        boolean more = last != null && last.old();
        readTo = more ? last.taskId() : 0;
        return more;
    }
}
