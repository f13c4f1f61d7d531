package dev.comuta.task;

import dev.comuta.platform.PlatformReason;
import dev.comuta.platform.RequestedTask;
import dev.comuta.platform.Transactions;
import dev.comuta.platform.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The rows of BackgroundTasks as the engine sees them: claim, finish, sweep (V3__hot_statements.sql). */
@ApplicationScoped
class TaskStore {

    private static final int SECOND = 1000;

    private final Transactions transactions;

    TaskStore(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The attempt no longer owns its task: another attempt does, or somebody ended it. */
    static final class LeaseLost extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LeaseLost(long taskId) {
            super("task " + taskId + " belongs to another attempt", null, false, false);
        }
    }

    /**
     * How an attempt leaves its row.
     *
     * @param retryAt when the next attempt may begin; null for a final ending
     */
    record Ending(TaskStatus status, JsonObject resultData, String error, Instant retryAt) {

        static Ending done(JsonObject resultData) {
            return new Ending(TaskStatus.DONE, resultData, null, null);
        }

        static Ending failed(String cause) {
            return new Ending(TaskStatus.FAILED, null, cause, null);
        }

        static Ending retry(String cause, Instant at) {
            return new Ending(TaskStatus.PENDING, null, cause, at);
        }

        private JsonArray of(ClaimedTask task) {
            JsonObject row = new JsonObject()
                    .put("task", task.taskId())
                    .put("lease", task.leaseId().toString())
                    .put("status", status.stored())
                    .put("result", resultData)
                    .put("error", error)
                    .put("retryAt", retryAt);
            return new JsonArray().add(row);
        }
    }

    /** Takes those of these tasks that may begin now. */
    Uni<List<ClaimedTask>> claim(List<Long> ids, JsonObject leases) {
        return transactions.statementsAsPlatform(PlatformReason.CLAIM, tx -> tx.sql(
                        "select * from comuta_claim($1, $2)", ids.toArray(Long[]::new), leases)
                .map(rows -> list(rows, ClaimedTask::of)));
    }

    /**
     * Ends an attempt and writes its effects, in one transaction that holds the session. Fails with {@link LeaseLost}
     * (nothing is written) when the attempt no longer owns the task.
     */
    Uni<Void> finish(ClaimedTask task, Ending ending, Effects effects) {
        Function<Tx, Uni<Void>> work = tx -> tx.sql("select * from comuta_finish($1)", ending.of(task))
                .invoke(rows -> announceNext(tx, task, rows))
                .chain(() -> effects.write(tx));
        return task.clientId() == null
                ? transactions.statementsAsPlatform(PlatformReason.PLATFORM_TASK, work)
                : transactions.statementsInTenant(task.clientId(), work);
    }

    private static void announceNext(Tx tx, ClaimedTask task, RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw new LeaseLost(task.taskId());
        }
        Row row = rows.iterator().next();
        Long next = row.getLong("next_task_id");
        if (next != null) {
            tx.requested(new RequestedTask(next, task.clientId(), row.getString("next_task_type")));
        }
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
