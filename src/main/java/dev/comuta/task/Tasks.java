package dev.comuta.task;

import dev.comuta.event.EventType;
import dev.comuta.event.Events;
import dev.comuta.platform.RequestedTask;
import dev.comuta.platform.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;

/** Requests tasks: a row in the caller's transaction, published when that transaction stands. */
@ApplicationScoped
public class Tasks {

    private static final String REQUEST = """
            insert into BackgroundTasks
                (SessionID, TaskType, ClientID, RequestData, SerialKey, DedupeKey, NotBefore, DueAt, CreatedAt)
            values ($1, $2, $3, $4, $5, $6, $7, coalesce($7, clock_timestamp() + interval '30 seconds'),
                    clock_timestamp())
            on conflict (DedupeKey) where DedupeKey is not null and Status in ('Pendente', 'Em Andamento') do nothing
            returning TaskID""";

    private final Events events;

    Tasks(Events events) {
        this.events = events;
    }

    /**
     * Requests a task. A type that a client sees writes 'TarefaIniciada' in the same transaction. Nothing happens when
     * an open task has the same dedupe key. A task with a time to wait for is published by the sweeper.
     */
    public Uni<Void> request(Tx tx, NewTask task) {
        return tx.sql(
                        REQUEST,
                        task.sessionId(),
                        task.type().stored(),
                        task.clientId(),
                        task.requestData(),
                        task.serialKey(),
                        task.dedupeKey(),
                        task.notBefore() == null ? null : task.notBefore().atOffset(ZoneOffset.UTC))
                .chain(rows -> rows.size() == 0 ? Uni.createFrom().voidItem() : started(tx, task, rows));
    }

    private Uni<Void> started(Tx tx, NewTask task, RowSet<Row> rows) {
        long taskId = rows.iterator().next().getLong(0);
        if (task.notBefore() == null) {
            tx.requested(new RequestedTask(taskId, task.clientId(), task.type().stored()));
        }
        if (task.type().finished().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        JsonObject data = new JsonObject().put("TaskType", task.type().stored());
        return events.record(tx, task.clientId(), task.sessionId(), EventType.TASK_STARTED, data);
    }
}
