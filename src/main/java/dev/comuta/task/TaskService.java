package dev.comuta.task;

import dev.comuta.platform.db.RequestedTask;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** Reads, retries and cancels tasks for people. Locks the session first, as the completion of every attempt does. */
@ApplicationScoped
class TaskService {

    private static final String LOCK_SESSION = """
            select comuta_lock_sessions(array(
                select t.SessionID from BackgroundTasks t where t.TaskID = $1 and t.ClientID = $2))""";

    private static final String LOCK_TASK = """
            select TaskID as task_id, TaskType as task_type, ClientID as client_id, SessionID as session_id,
                   coalesce(RequestData, '{}')::text as request_data, Attempts as attempts, LeaseID as lease_id,
                   TraceParent as trace_parent, CreatedAt as created_at, LeaseID is not null as unfinished,
                   SerialKey as serial_key, Status as status, Queue as queue, false as client_inactive
            from BackgroundTasks where TaskID = $1 and ClientID = $2 for update""";

    private static final String CANCEL = """
            update BackgroundTasks set Status = 'Cancelada', UpdatedAt = clock_timestamp()
            where TaskID = $1 and ClientID = $2""";

    private static final String RETRY = """
            update BackgroundTasks
            set Status = 'Pendente', Attempts = 0, NotBefore = null, LeaseID = null, LastError = null,
                UpdatedAt = clock_timestamp(), DueAt = clock_timestamp() + interval '30 seconds'
            where TaskID = $1 and ClientID = $2""";

    private static final String NEXT_OF_KEY = """
            select TaskID as task_id, ClientID as client_id, TaskType as task_type, Queue as queue from BackgroundTasks
            where SerialKey = $1 and TaskID <> $2 and ClientID = $3 and Status in ('Pendente', 'Em Andamento')
            order by TaskID limit 1""";

    private final TaskRegistry registry;
    private final TaskConsequences consequences;
    private final Transactions transactions;

    TaskService(TaskRegistry registry, TaskConsequences consequences, Transactions transactions) {
        this.registry = registry;
        this.consequences = consequences;
        this.transactions = transactions;
    }

    /** The row, as it was when it was locked. */
    private record LockedTask(Row row) {

        boolean is(TaskStatus status) {
            return status.stored().equals(row.getString("status"));
        }

        String serialKey() {
            return row.getString("serial_key");
        }

        RequestedTask requested() {
            return new RequestedTask(
                    row.getLong("task_id"),
                    row.getLong("client_id"),
                    row.getString("task_type"),
                    row.getString("queue"));
        }
    }

    Uni<Page<TaskView>> list(long clientId, PageRequest page, TaskList.Filter filter) {
        return transactions.inTenant(clientId, tx -> TaskList.page(tx, clientId, page, filter));
    }

    Uni<TaskView> get(long clientId, long taskId) {
        return transactions.inTenant(clientId, tx -> TaskList.get(tx, clientId, taskId));
    }

    /**
     * Retries a failed task, or one that is done and whose work came to nothing, with all its attempts. Fails with a
     * conflict for another task, or when later tasks of its serial key are open, because it would run in parallel with
     * them.
     */
    <V> Uni<RestResponse<V>> retry(long clientId, long taskId, IdempotentResponse<TaskView, V> response) {
        return transactions.inTenant(clientId, response.of(tx -> lock(tx, clientId, taskId)
                .call(locked -> mayBeRetried(tx, locked).invoke(TaskService::requireRetryable))
                .call(locked -> next(tx, clientId, taskId, locked).map(TaskService::requireNone))
                .call(() -> tx.sql(RETRY, taskId, clientId))
                .call(locked -> consequences.retried(tx, claimed(locked)))
                .invoke(locked -> tx.requested(locked.requested()))
                .chain(() -> TaskList.get(tx, clientId, taskId))));
    }

    /**
     * Cancels an open task. The result of a running attempt is dropped. Fails with a conflict when the task has ended, or
     * when tasks of its type must not be canceled.
     */
    <V> Uni<RestResponse<V>> cancel(long clientId, long taskId, IdempotentResponse<TaskView, V> response) {
        return transactions.inTenant(clientId, response.of(tx -> lock(tx, clientId, taskId)
                .map(TaskService::requireOpen)
                .map(this::requireCancelable)
                .call(() -> tx.sql(CANCEL, taskId, clientId))
                .call(locked -> consequences.canceled(tx, claimed(locked)))
                .call(locked -> next(tx, clientId, taskId, locked).invoke(next -> announce(tx, next)))
                .chain(() -> TaskList.get(tx, clientId, taskId))));
    }

    private static Uni<LockedTask> lock(Tx tx, long clientId, long taskId) {
        return tx.sql(LOCK_SESSION, taskId, clientId)
                .chain(() -> tx.get(LOCK_TASK, LockedTask::new, "task", taskId, clientId));
    }

    private static Uni<List<LockedTask>> next(Tx tx, long clientId, long taskId, LockedTask locked) {
        return tx.list(NEXT_OF_KEY, LockedTask::new, locked.serialKey(), taskId, clientId);
    }

    private static void announce(Tx tx, List<LockedTask> next) {
        next.forEach(locked -> tx.requested(locked.requested()));
    }

    private ClaimedTask claimed(LockedTask locked) {
        return ClaimedTask.of(locked.row(), registry);
    }

    private Uni<Boolean> mayBeRetried(Tx tx, LockedTask locked) {
        return locked.is(TaskStatus.DONE)
                ? consequences.mayBeRedone(tx, claimed(locked))
                : Uni.createFrom().item(locked.is(TaskStatus.FAILED));
    }

    private static void requireRetryable(boolean retryable) {
        require(
                retryable,
                retryable,
                "only a task that is 'Falhou' can be retried, or one that sent a message that is 'Falhou'");
    }

    private static LockedTask requireOpen(LockedTask locked) {
        boolean open = locked.is(TaskStatus.PENDING) || locked.is(TaskStatus.RUNNING);
        return require(locked, open, "the task has ended");
    }

    private LockedTask requireCancelable(LockedTask locked) {
        return require(
                locked,
                registry.isCancelable(locked.row().getString("task_type")),
                "a task of this type cannot be canceled, because its work would remain half done");
    }

    private static List<LockedTask> requireNone(List<LockedTask> others) {
        return require(
                others,
                others.isEmpty(),
                "later tasks with the same serial key are open; retry this one when they have ended");
    }

    private static <T> T require(T subject, boolean fits, String detail) {
        if (!fits) {
            throw Problem.of(ProblemType.CONFLICT, detail);
        }
        return subject;
    }
}
