package dev.comuta.message;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
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

/** A person who answers with the telephone's own application takes the session over, as one who writes by the API does. */
@ApplicationScoped
class MessageByPhoneHandler implements TaskHandler {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final SessionStore sessions;

    MessageByPhoneHandler(SessionStore sessions) {
        this.sessions = sessions;
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(MessageTasks.MESSAGE_BY_PHONE);
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        SessionRef session = new SessionRef(task.clientId(), task.sessionId());
        return Uni.createFrom().item(new Outcome.Done(null, tx -> takeOver(tx, session)));
    }

    private Uni<Void> takeOver(Tx tx, SessionRef session) {
        return sessions.lock(tx, session)
                .chain(locked -> Unis.when(locked.open(), () -> sessions.personWrites(tx, session, locked)));
    }
}
