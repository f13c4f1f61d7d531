package dev.comuta.call;

import dev.comuta.platform.db.Tx;
import dev.comuta.session.SessionConfig;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.NewTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.RecurringHandler;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Closes call sessions without a call, or whose calls have all ended, many in one statement. */
@ApplicationScoped
class CloseCallsHandler implements RecurringHandler {

    private static final int AT_ONCE = 1000;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final String CLOSE = "select comuta_close_calls($1::double precision * interval '1 second', $2)";

    private final Tasks tasks;
    private final SessionConfig config;

    CloseCallsHandler(Tasks tasks, SessionConfig config) {
        this.tasks = tasks;
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
        return Uni.createFrom().item(new Outcome.Done(null, this::close));
    }

    private Uni<Void> close(Tx tx) {
        double age = config.callIdleTime().toSeconds();
        return tx.find(CLOSE, row -> row.getInteger(0), age, AT_ONCE).chain(closed -> requestNext(tx, closed));
    }

    private Uni<Void> requestNext(Tx tx, int closed) {
        Duration pause = closed < AT_ONCE ? config.idleCheck() : Duration.ZERO;
        return tasks.request(tx, NewTask.job(CallTasks.CLOSE_CALLS).delay(pause));
    }
}
