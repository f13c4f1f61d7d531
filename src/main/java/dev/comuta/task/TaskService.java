package dev.comuta.task;

import dev.comuta.event.EventType;
import dev.comuta.event.Events;
import dev.comuta.platform.db.RequestedTask;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;

/** What people do with a task: try it again, take it back. The session is held first, as by every attempt that ends. */
@ApplicationScoped
class TaskService {

    private static final String HOLD_SESSION = """
            select from Sessions s
            where s.ClientID = $2 and s.SessionID = (
                select t.SessionID from BackgroundTasks t where t.TaskID = $1 and t.ClientID = $2)
            for no key update""";

    private static final String HOLD = """
            select TaskID as task_id, TaskType as task_type, ClientID as client_id, SessionID as session_id,
                   coalesce(RequestData, '{}') as request_data, Attempts as attempts, LeaseID as lease_id,
                   TraceParent as trace_parent, CreatedAt as created_at, LeaseID is not null as unfinished,
                   SerialKey as serial_key, Status as status
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
            select TaskID, TaskType from BackgroundTasks
            where SerialKey = $1 and TaskID <> $2 and ClientID = $3 and Status in ('Pendente', 'Em Andamento')
            order by TaskID limit 1""";

    private final List<TaskHandler> handlers;
    private final Transactions transactions;
    private final Tasks tasks;
    private final Events events;

    TaskService(@All List<TaskHandler> handlers, Transactions transactions, Tasks tasks, Events events) {
        this.handlers = handlers;
        this.transactions = transactions;
        this.tasks = tasks;
        this.events = events;
    }

    /** The row, as it was when it was held. */
    private record Held(Row row) {

        boolean is(TaskStatus status) {
            return status.stored().equals(row.getString("status"));
        }

        String serialKey() {
            return row.getString("serial_key");
        }
    }

    /**
     * Gives a failed task all its attempts again. Fails with a conflict when it has not failed, or when later tasks of its
     * serial key are open: it would run beside them.
     */
    <V> Uni<RestResponse<V>> retry(long clientId, long taskId, IdempotentResponse<TaskView, V> once) {
        return transactions.inTenant(clientId, once.of(tx -> hold(tx, clientId, taskId)
                .map(TaskService::requireFailed)
                .call(held -> next(tx, clientId, taskId, held).map(TaskService::requireNone))
                .call(() -> tx.sql(RETRY, taskId, clientId))
                .call(held -> reopen(tx, held))
                .invoke(held -> tx.requested(
                        new RequestedTask(taskId, clientId, held.row().getString("task_type"))))
                .chain(() -> TaskList.get(tx, clientId, taskId))));
    }

    /**
     * Ends an open task. What an attempt that is under way comes to is dropped. Fails with a conflict when the task has
     * ended.
     */
    <V> Uni<RestResponse<V>> cancel(long clientId, long taskId, IdempotentResponse<TaskView, V> once) {
        return transactions.inTenant(clientId, once.of(tx -> hold(tx, clientId, taskId)
                .map(TaskService::requireOpen)
                .call(() -> tx.sql(CANCEL, taskId, clientId))
                .call(held -> record(tx, clientId, held))
                .call(held -> takeBack(tx, held))
                .call(held -> next(tx, clientId, taskId, held).invoke(next -> announce(tx, clientId, next)))
                .chain(() -> TaskList.get(tx, clientId, taskId))));
    }

    private static Uni<Held> hold(Tx tx, long clientId, long taskId) {
        return tx.sql(HOLD_SESSION, taskId, clientId)
                .chain(() -> tx.sql(HOLD, taskId, clientId))
                .map(TaskService::single);
    }

    private static Held single(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw Problem.notFound("task");
        }
        return new Held(rows.iterator().next());
    }

    private static Uni<RowSet<Row>> next(Tx tx, long clientId, long taskId, Held held) {
        return tx.sql(NEXT_OF_KEY, held.serialKey(), taskId, clientId);
    }

    private static void announce(Tx tx, long clientId, RowSet<Row> next) {
        next.forEach(
                row -> tx.requested(new RequestedTask(row.getLong("taskid"), clientId, row.getString("tasktype"))));
    }

    private Uni<Void> record(Tx tx, long clientId, Held held) {
        JsonObject data =
                new JsonObject().put("TaskID", Long.toString(held.row().getLong("task_id")));
        return events.record(tx, clientId, held.row().getLong("session_id"), EventType.TASK_CANCELED, data);
    }

    private Uni<Void> reopen(Tx tx, Held held) {
        return handlerOf(held)
                .map(handler -> handler.onRetried(tx, ClaimedTask.of(held.row())))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** Who waits for its result is told that there will be none. */
    private Uni<Void> takeBack(Tx tx, Held held) {
        return handlerOf(held)
                .map(handler -> takeBack(tx, handler, ClaimedTask.of(held.row())))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> takeBack(Tx tx, TaskHandler handler, ClaimedTask task) {
        boolean awaited = task.type().informsTurn() && task.sessionId() != null;
        Uni<Void> takenBack = handler.canceled(tx, task);
        return awaited
                ? takenBack.chain(() -> tasks.request(tx, NewTask.turn(task.clientId(), task.sessionId())))
                : takenBack;
    }

    /** Empty for a type of another version or another system: there is nobody who knows what follows. */
    private Optional<TaskHandler> handlerOf(Held held) {
        return TaskType.of(held.row().getString("task_type")).flatMap(type -> handlers.stream()
                .filter(handler -> handler.type() == type)
                .findFirst());
    }

    private static Held requireFailed(Held held) {
        return require(held, held.is(TaskStatus.FAILED), "only a task that is 'Falhou' is tried again");
    }

    private static Held requireOpen(Held held) {
        boolean open = held.is(TaskStatus.PENDING) || held.is(TaskStatus.RUNNING);
        return require(held, open, "the task has ended");
    }

    private static RowSet<Row> requireNone(RowSet<Row> others) {
        return require(others, others.size() == 0, "later tasks of its kind are open; try again when they have ended");
    }

    private static <T> T require(T subject, boolean fits, String detail) {
        if (!fits) {
            throw Problem.of(ProblemType.CONFLICT, detail);
        }
        return subject;
    }
}
