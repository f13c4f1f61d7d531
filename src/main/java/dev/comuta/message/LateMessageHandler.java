package dev.comuta.message;

import dev.comuta.alert.Alerts;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.session.HandOverReason;
import dev.comuta.session.LockedSession;
import dev.comuta.session.SessionRef;
import dev.comuta.session.SessionStore;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;

/**
 * A question that arrived long after it was written, for example after an outage of the provider, goes to people: an
 * assistant's answer would surprise its sender. The client gets one alert for each channel.
 */
@ApplicationScoped
class LateMessageHandler implements TaskHandler {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final SessionStore sessions;
    private final Alerts alerts;

    LateMessageHandler(SessionStore sessions, Alerts alerts) {
        this.sessions = sessions;
        this.alerts = alerts;
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(MessageTasks.LATE_MESSAGE);
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        SessionRef session = new SessionRef(task.clientId(), task.sessionId());
        return Uni.createFrom().item(new Outcome.Done(null, tx -> handOff(tx, session)));
    }

    private Uni<Void> handOff(Tx tx, SessionRef session) {
        return sessions.lock(tx, session)
                .call(locked -> Unis.when(
                        locked.open() && !locked.handedOff(),
                        () -> sessions.handOff(tx, session, HandOverReason.LATE_MESSAGE)))
                .chain(locked -> alert(tx, session, locked));
    }

    private Uni<Void> alert(Tx tx, SessionRef session, LockedSession locked) {
        return alerts.raise(
                tx,
                session.clientId(),
                session.sessionId(),
                "mensagens-atrasadas/" + locked.channelId(),
                "Mensagens chegaram muito tempo depois de escritas; as conversas foram passadas para pessoas");
    }
}
