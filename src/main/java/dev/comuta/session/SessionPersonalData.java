package dev.comuta.session;

import dev.comuta.alert.Alerts;
import dev.comuta.event.Events;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.privacy.PersonalData;
import dev.comuta.task.TasksOfSessions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The sessions of an end user, and their tasks, events, alerts and stored responses, whose rooms know no end user. It
 * runs before the other rooms, because it locks the sessions: the erasure waits for messages that are being stored, and
 * an attempt that completes later finds its task canceled.
 */
@ApplicationScoped
@Priority(1)
class SessionPersonalData implements PersonalData {

    private static final String FORGET_ADDRESSES = "update Sessions set ReplyTo = null where SessionID = any ($1)";

    private final SessionStore sessions;
    private final TasksOfSessions tasks;
    private final Events events;
    private final Alerts alerts;

    SessionPersonalData(SessionStore sessions, TasksOfSessions tasks, Events events, Alerts alerts) {
        this.sessions = sessions;
        this.tasks = tasks;
        this.events = events;
        this.alerts = alerts;
    }

    @Override
    public Uni<JsonObject> export(Tx tx, Person person) {
        return sessions.ofEndUser(tx, person.clientId(), person.endUserId()).chain(ids -> export(tx, person, ids));
    }

    private Uni<JsonObject> export(Tx tx, Person person, Long[] ids) {
        JsonObject data = new JsonObject();
        return sessions.export(tx, person.clientId(), person.endUserId())
                .map(rows -> data.put("sessions", rows))
                .chain(() -> tasks.export(tx, person.clientId(), ids))
                .map(rows -> data.put("tasks", rows))
                .chain(() -> events.export(tx, person.clientId(), ids))
                .map(rows -> data.put("events", rows));
    }

    @Override
    public Uni<Long> erase(Tx tx, Person person, long after) {
        return sessions.lockOfEndUser(tx, person.clientId(), person.endUserId(), after)
                .call(portion -> erase(tx, person.clientId(), portion))
                .map(SessionStore::lastOf);
    }

    private Uni<Void> erase(Tx tx, long clientId, Long[] ids) {
        return sessions.closeAll(tx, ids, ClosingReason.ERASURE)
                .chain(() -> tx.execute(FORGET_ADDRESSES, (Object) ids))
                .chain(() -> tasks.erase(tx, clientId, ids))
                .call(() -> events.erase(tx, clientId, ids))
                .chain(erasedTasks ->
                        alerts.erase(tx, clientId, ids).map(erasedAlerts -> resources(ids, erasedTasks, erasedAlerts)))
                .chain(resources -> IdempotencyKeys.forget(tx, clientId, resources));
    }

    private static Stream<String> resources(Long[] sessions, List<Long> tasks, List<Long> alerts) {
        return Stream.of(
                        Stream.of(sessions).map(id -> "sessions/" + id),
                        tasks.stream().map(id -> "tasks/" + id),
                        alerts.stream().map(id -> "alerts/" + id))
                .flatMap(Function.identity());
    }
}
