package dev.comuta.alert;

import dev.comuta.event.EventType;
import dev.comuta.event.Events;
import dev.comuta.platform.db.Tx;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.NewTask;
import dev.comuta.task.TaskListener;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

/** Raises alerts (seed, scenario 5.2). */
@ApplicationScoped
public class Alerts implements TaskListener {

    private static final String RAISE = """
            insert into Alerts (ClientID, Cause, Detail, SessionID) values ($1, $2, $3, $4)
            on conflict (coalesce(ClientID, 0), Cause) where Status <> 'Resolvido'
                do update set Occurrences = Alerts.Occurrences + 1, LastAt = clock_timestamp(), Detail = excluded.Detail,
                    SessionID = excluded.SessionID
            returning AlertID, Occurrences""";

    private final Events events;
    private final Tasks tasks;

    Alerts(Events events, Tasks tasks) {
        this.events = events;
        this.tasks = tasks;
    }

    /**
     * Raises an alert in the caller's transaction: a new one is sent to the administrators, a repeated one is counted.
     *
     * @param clientId the tenant; null for an alert of the platform
     * @param sessionId where it was noticed; may be null
     * @param cause what makes two alerts the same, a few stable words
     * @param detail one sentence for a person, without message text, numbers or secrets
     */
    public Uni<Void> raise(Tx tx, Long clientId, Long sessionId, String cause, String detail) {
        JsonObject data = new JsonObject().put("erro", detail);
        return events.record(tx, clientId, sessionId, EventType.SYSTEM_ALERT, data)
                .chain(() -> tx.sql(RAISE, clientId, cause, detail, sessionId))
                .map(rows -> rows.iterator().next())
                .chain(alert -> announceNew(tx, clientId, alert));
    }

    /** An alert that cannot be mailed must not raise the next alert. */
    @Override
    public boolean listensTo(TaskType type) {
        return !type.equals(AlertTasks.SEND_ALERT);
    }

    @Override
    public Uni<Void> failed(Tx tx, ClaimedTask task, String cause) {
        String detail = "A tarefa " + task.type().stored() + " falhou: " + cause;
        return raise(
                tx, task.clientId(), task.sessionId(), "tarefa/" + task.type().stored(), detail);
    }

    private Uni<Void> announceNew(Tx tx, Long clientId, Row alert) {
        if (alert.getInteger("occurrences") > 1) {
            return Uni.createFrom().voidItem();
        }
        JsonObject request = new JsonObject().put("alertId", alert.getLong("alertid"));
        return tasks.request(
                tx, NewTask.of(AlertTasks.SEND_ALERT).client(clientId).data(request));
    }
}
