package dev.comuta.session;

import dev.comuta.platform.db.Tx;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.NewTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.RecurringHandler;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Closes idle conversations, many in one statement. A conversation that gets a message at the same time remains open: a
 * locked row is skipped, and a row that changed before it was locked is no longer idle. A message that arrives before
 * this job runs closes the idle conversation itself, and opens another.
 */
@ApplicationScoped
class CloseIdleHandler implements RecurringHandler {

    private static final int AT_ONCE = 1000;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final SessionStore sessions;
    private final Tasks tasks;
    private final SessionConfig config;

    CloseIdleHandler(SessionStore sessions, Tasks tasks, SessionConfig config) {
        this.sessions = sessions;
        this.tasks = tasks;
        this.config = config;
    }

    @Override
    public TaskType job() {
        return SessionTasks.CLOSE_IDLE;
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return Uni.createFrom().item(new Outcome.Done(null, this::close));
    }

    private Uni<Void> close(Tx tx) {
        return sessions.closeIdle(tx, config.idleTime(), AT_ONCE).chain(closed -> requestNext(tx, closed));
    }

    private Uni<Void> requestNext(Tx tx, int closed) {
        Duration pause = closed < AT_ONCE ? config.idleCheck() : Duration.ZERO;
        return tasks.request(tx, NewTask.job(SessionTasks.CLOSE_IDLE).delay(pause));
    }
}
