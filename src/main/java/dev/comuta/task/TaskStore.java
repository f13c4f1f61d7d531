package dev.comuta.task;

import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.RequestedTask;
import dev.comuta.platform.db.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The rows of BackgroundTasks as the engine finds them: claim, sweep (comuta_claim, comuta_sweep). */
@ApplicationScoped
class TaskStore {

    private static final int SECOND = 1000;

    private final Transactions transactions;

    TaskStore(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Takes those of these tasks that may begin now. */
    Uni<List<ClaimedTask>> claim(List<Long> ids, JsonObject leases) {
        return transactions.statementsAsPlatform(PlatformReason.CLAIM, tx -> tx.sql(
                        "select * from comuta_claim($1, $2)", ids.toArray(Long[]::new), leases)
                .map(rows -> list(rows, ClaimedTask::of)));
    }

    /** Open tasks that nobody looked after, now due later. */
    Uni<List<RequestedTask>> sweep(int atMost, Duration gap) {
        return transactions.statementsAsPlatform(PlatformReason.SWEEP, tx -> tx.sql(
                        "select * from comuta_sweep($1, $2::double precision * interval '1 second')",
                        atMost,
                        gap.toMillis() / (double) SECOND)
                .map(rows -> list(
                        rows,
                        row -> new RequestedTask(
                                row.getLong("task_id"), row.getLong("client_id"), row.getString("task_type")))));
    }

    /** Tasks of one client that wait in the table, oldest first. */
    Uni<List<Long>> waiting(long clientId, TaskQueue queue, long fromTask, int atMost) {
        return transactions.statementsAsPlatform(PlatformReason.DISPATCH, tx -> tx.sql(
                        "select task_id from comuta_waiting($1, $2, $3, $4)",
                        clientId == 0 ? null : clientId,
                        TaskType.ofQueue(queue).toArray(String[]::new),
                        fromTask,
                        atMost)
                .map(rows -> list(rows, row -> row.getLong(0))));
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> mapper) {
        return StreamSupport.stream(rows.spliterator(), false).map(mapper).toList();
    }
}
