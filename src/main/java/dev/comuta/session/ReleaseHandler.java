package dev.comuta.session;

import dev.comuta.platform.db.Tx;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskType;
import dev.comuta.task.job.JobBatches;
import dev.comuta.task.job.RecurringHandler;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Gives sessions back to the assistant in which no person has written for {@code comuta.session.release-after}. */
@ApplicationScoped
class ReleaseHandler implements RecurringHandler {

    private static final int AT_ONCE = 100;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final SessionStore sessions;
    private final JobBatches batches;
    private final SessionConfig config;

    ReleaseHandler(SessionStore sessions, JobBatches batches, SessionConfig config) {
        this.sessions = sessions;
        this.batches = batches;
        this.config = config;
    }

    @Override
    public TaskType job() {
        return SessionTasks.RELEASE;
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return batches.run(job(), AT_ONCE, config.idleCheck(), this::release);
    }

    private Uni<Integer> release(Tx tx) {
        return config.releaseAfter().isPositive()
                ? sessions.releaseUnattended(tx, config.releaseAfter(), AT_ONCE)
                : Uni.createFrom().item(0);
    }
}
