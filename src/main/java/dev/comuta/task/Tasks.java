package dev.comuta.task;

import dev.comuta.event.EventType;
import dev.comuta.platform.db.RequestedTask;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Requests tasks: inserts a row in the caller's transaction; the task is published after the commit. */
@ApplicationScoped
public class Tasks {

    private static final int SECOND = 1000;

    /** Inserts the row and, for a type that clients see, its event. */
    private static final String REQUEST = """
            with requested as (
                insert into BackgroundTasks
                    (SessionID, TaskType, ClientID, RequestData, SerialKey, DedupeKey, NotBefore, DueAt, CreatedAt,
                     TraceParent, Queue)
                values ($1, $2, $3, $4, $5, $6, clock_timestamp() + $7::double precision * interval '1 second',
                        clock_timestamp() + coalesce($7::double precision + 5, 30) * interval '1 second',
                        clock_timestamp(), $9, $10)
                on conflict (DedupeKey) where DedupeKey is not null and Status in ('Pendente', 'Em Andamento')
                    do nothing
                returning TaskID, SessionID, ClientID, TaskType
            )
            select TaskID, case when $8::text is not null then comuta_record_event(
                ClientID, SessionID, $8, jsonb_build_object('TaskType', TaskType, 'TaskID', TaskID::text)) end
            from requested""";

    private static final String CONSUME = """
            update BackgroundTasks set ConsumedBy = $1
            where TaskID = any ($2) and ClientID = $3 and ConsumedBy is null""";

    private static final String LOCK_QUEUED = """
            select TaskID as task_id, coalesce(RequestData, '{}') as request_data from BackgroundTasks
            where SerialKey = $1 and ClientID = $2 and Status = 'Pendente' and LeaseID is null
            order by TaskID for update skip locked""";

    private static final String CANCEL = """
            with canceled as (
                update BackgroundTasks set Status = 'Cancelada', UpdatedAt = clock_timestamp()
                where TaskID = any ($1) and ClientID = $2
                returning TaskID, ClientID, SessionID
            )
            select comuta_record_event(
                ClientID, SessionID, 'TarefaCancelada', jsonb_build_object('TaskID', TaskID::text))
            from canceled order by TaskID""";

    private static final String FINISH = """
            with finished as (
                update BackgroundTasks
                set Status = 'Concluída', ResultData = $3, UpdatedAt = clock_timestamp()
                where TaskID = any ($1) and ClientID = $2
                returning TaskID, ClientID, SessionID
            )
            select comuta_record_event(
                ClientID, SessionID, 'TarefaConcluída', jsonb_build_object('TaskID', TaskID::text))
            from finished order by TaskID""";

    private static final String NEXT_OF_KEY = """
            select TaskID as task_id, ClientID as client_id, TaskType as task_type, Queue as queue from BackgroundTasks
            where SerialKey = $1 and ClientID = $2 and Status in ('Pendente', 'Em Andamento')
            order by TaskID limit 1""";

    private static final String LOCK_OPEN = """
            select TaskID from BackgroundTasks
            where DedupeKey = $1 and ClientID = $2 and Status in ('Pendente', 'Em Andamento') for update""";

    /** A task of which no attempt runs, and none has an unknown outcome. */
    public record UnclaimedTask(long taskId, JsonObject requestData) {}

    /**
     * Locks the queued tasks of a serial key, so that no attempt of them begins. A task that is being claimed is left
     * out.
     */
    public Uni<List<UnclaimedTask>> lockQueued(Tx tx, long clientId, String serialKey) {
        return tx.list(LOCK_QUEUED, Tasks::queued, serialKey, clientId);
    }

    private static UnclaimedTask queued(Row row) {
        return new UnclaimedTask(row.getLong("task_id"), row.getJsonObject("request_data"));
    }

    /**
     * Cancels queued tasks of a serial key that this transaction has locked, without consequences of their handlers.
     * The next task of the key may then begin.
     */
    public Uni<Void> cancel(Tx tx, long clientId, String serialKey, List<Long> taskIds) {
        return Unis.when(!taskIds.isEmpty(), () -> tx.sql(CANCEL, taskIds.toArray(Long[]::new), clientId)
                .chain(() -> tx.list(NEXT_OF_KEY, Tasks::requested, serialKey, clientId))
                .invoke(next -> next.forEach(tx::requested))
                .replaceWithVoid());
    }

    /**
     * Ends queued tasks, locked by this transaction with their sessions, because their work was done elsewhere. No
     * other task waits for their serial key.
     *
     * @param result the value of ResultData
     */
    public Uni<Void> finish(Tx tx, long clientId, List<Long> taskIds, JsonObject result) {
        return Unis.when(!taskIds.isEmpty(), () -> tx.sql(FINISH, taskIds.toArray(Long[]::new), clientId, result)
                .replaceWithVoid());
    }

    private static RequestedTask requested(Row row) {
        return new RequestedTask(
                row.getLong("task_id"), row.getLong("client_id"), row.getString("task_type"), row.getString("queue"));
    }

    /** Marks the results of these tasks as used by a task, in the transaction that uses them. */
    public Uni<Void> consume(Tx tx, long clientId, List<Long> taskIds, long consumer) {
        return Unis.when(!taskIds.isEmpty(), () -> tx.execute(CONSUME, consumer, taskIds.toArray(Long[]::new), clientId)
                .replaceWithVoid());
    }

    /**
     * Requests a task. A type that clients see writes 'TarefaIniciada' in the same transaction. Nothing happens when an
     * open task has the same dedupe key. A task that may not begin yet is published by this process
     * when it may; if the process has ended, the sweeper publishes it some seconds later.
     */
    public Uni<Void> request(Tx tx, NewTask task) {
        return tx.sql(
                        REQUEST,
                        task.sessionId(),
                        task.type().stored(),
                        task.clientId(),
                        task.data(),
                        task.serialKey(),
                        task.dedupeKey(),
                        task.delay() == null ? null : task.delay().toMillis() / (double) SECOND,
                        task.type().completionEvent().isEmpty() ? null : EventType.TASK_STARTED.stored(),
                        tx.traceParent(),
                        task.storedQueue())
                .invoke(rows -> announce(tx, task, rows))
                .replaceWithVoid();
    }

    /**
     * Holds the open task of a dedupe key, which then cannot end before this transaction.
     *
     * @return its id; null when there is none
     */
    public Uni<Long> lockOpen(Tx tx, long clientId, String dedupeKey) {
        return tx.find(LOCK_OPEN, row -> row.getLong(0), dedupeKey, clientId);
    }

    private static void announce(Tx tx, NewTask task, RowSet<Row> rows) {
        rows.forEach(row -> tx.requested(
                new RequestedTask(row.getLong(0), task.clientId(), task.type().stored(), task.storedQueue())
                        .after(task.delay())));
    }
}
