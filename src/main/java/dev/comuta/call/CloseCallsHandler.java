package dev.comuta.call;

import dev.comuta.session.SessionConfig;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskType;
import dev.comuta.task.job.JobBatches;
import dev.comuta.task.job.RecurringHandler;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Closes call sessions without a call, or whose calls have all ended, a batch in one statement. */
@ApplicationScoped
class CloseCallsHandler implements RecurringHandler {

    private static final int AT_ONCE = 100;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final String CLOSE = "select comuta_close_calls($1::double precision * interval '1 second', $2)";

    private final JobBatches batches;
    private final SessionConfig config;

    CloseCallsHandler(JobBatches batches, SessionConfig config) {
        this.batches = batches;
        this.config = config;
    }

    @Override
    public TaskType job() {
        return CallTasks.CLOSE_CALLS;
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        double age = config.callIdleTime().toSeconds();
        return batches.run(
                job(), AT_ONCE, config.idleCheck(), tx -> tx.find(CLOSE, row -> row.getInteger(0), age, AT_ONCE));
    }
}
