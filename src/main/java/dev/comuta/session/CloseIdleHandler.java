package dev.comuta.session;

import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskType;
import dev.comuta.task.job.JobBatches;
import dev.comuta.task.job.RecurringHandler;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Closes idle conversations, a batch in one statement. A conversation that gets a message at the same time remains open: a
 * locked row is skipped, and a row that changed before it was locked is no longer idle. A message that arrives before
 * this job runs closes the idle conversation itself, and opens another.
 */
@ApplicationScoped
class CloseIdleHandler implements RecurringHandler {

    private static final int AT_ONCE = 100;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final SessionStore sessions;
    private final JobBatches batches;
    private final SessionConfig config;

    CloseIdleHandler(SessionStore sessions, JobBatches batches, SessionConfig config) {
        this.sessions = sessions;
        this.batches = batches;
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
        return batches.run(
                job(), AT_ONCE, config.idleCheck(), tx -> sessions.closeIdle(tx, config.idleTime(), AT_ONCE));
    }
}
