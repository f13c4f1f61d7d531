package dev.comuta.alert;

import dev.comuta.alert.AlertStore.Details;
import dev.comuta.alert.AlertStore.Raised;
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
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Raises alerts, also for each task that fails finally. */
@ApplicationScoped
public class Alerts implements TaskListener {

    private final AlertStore store;
    private final Events events;
    private final Tasks tasks;

    Alerts(AlertStore store, Events events, Tasks tasks) {
        this.store = store;
        this.events = events;
        this.tasks = tasks;
    }

    /**
     * Raises an alert in the caller's transaction. A new alert is mailed to the administrators; a repetition is only
     * counted.
     *
     * @param clientId the tenant; null for an alert of the platform
     * @param sessionId the session in which the problem occurred; may be null
     * @param cause stable name of the problem; an unresolved alert of the same client and cause makes this a repetition
     * @param detail one Portuguese sentence, without message text, phone numbers of persons or secrets
     */
    public Uni<Void> raise(Tx tx, Long clientId, Long sessionId, String cause, String detail) {
        return raise(tx, clientId, sessionId, cause, detail, 1);
    }

    /** The same for a problem that has occurred several times. */
    public Uni<Void> raise(Tx tx, Long clientId, Long sessionId, String cause, String detail, int occurrences) {
        return raise(tx, clientId, sessionId, cause, new Details(detail, null), occurrences);
    }

    /** Resolves the alerts of a client with these causes, because the problems are over. */
    public Uni<Void> resolve(Tx tx, long clientId, List<String> causes) {
        return store.resolve(tx, clientId, causes);
    }

    /** Erases the details of the alerts of these sessions. Returns the ids of the alerts. */
    public Uni<List<Long>> erase(Tx tx, long clientId, Long[] sessions) {
        return store.erase(tx, clientId, sessions);
    }

    /** Erases the details of a client's alerts that contain one of the names. Returns the ids of the alerts. */
    public Uni<List<Long>> eraseNames(Tx tx, long clientId, String[] names) {
        return store.eraseNames(tx, clientId, names);
    }

    /** False for alert mails: a failed alert mail must not raise another alert. */
    @Override
    public boolean listensTo(TaskType type) {
        return !type.equals(AlertTasks.SEND_ALERT);
    }

    @Override
    public Uni<Void> failed(Tx tx, ClaimedTask task, String cause) {
        String type = task.type().stored();
        Details details = new Details("A tarefa " + type + " falhou", cause);
        return raise(tx, task.clientId(), task.sessionId(), "tarefa/" + type, details, 1);
    }

    private Uni<Void> raise(Tx tx, Long clientId, Long sessionId, String cause, Details details, int occurrences) {
        JsonObject data = new JsonObject().put("erro", details.detail());
        if (details.technical() != null) {
            data.put("detalhe", details.technical());
        }
        return events.record(tx, clientId, sessionId, EventType.SYSTEM_ALERT, data)
                .chain(() -> store.raise(tx, clientId, sessionId, cause, details, occurrences))
                .chain(alert -> mailIfNew(tx, clientId, alert, occurrences));
    }

    private Uni<Void> mailIfNew(Tx tx, Long clientId, Raised alert, int occurrences) {
        if (alert.occurrences() > occurrences) {
            return Uni.createFrom().voidItem();
        }
        JsonObject request = new JsonObject().put("alertId", alert.alertId());
        return tasks.request(
                tx, NewTask.of(AlertTasks.SEND_ALERT).client(clientId).data(request));
    }
}
