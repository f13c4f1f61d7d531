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

/** Gives sessions back to the assistant in which no person has written for {@code comuta.session.release-after}. */
@ApplicationScoped
class ReleaseHandler implements RecurringHandler {

    private static final int AT_ONCE = 100;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final SessionStore sessions;
    private final Tasks tasks;
    private final SessionConfig config;

    ReleaseHandler(SessionStore sessions, Tasks tasks, SessionConfig config) {
        this.sessions = sessions;
        this.tasks = tasks;
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
        return Uni.createFrom().item(new Outcome.Done(null, this::release));
    }

    private Uni<Void> release(Tx tx) {
        Uni<Integer> released = config.releaseAfter().isPositive()
                ? sessions.releaseUnattended(tx, config.releaseAfter(), AT_ONCE)
                : Uni.createFrom().item(0);
        return released.chain(count -> requestNext(tx, count));
    }

    private Uni<Void> requestNext(Tx tx, int released) {
        Duration pause = released < AT_ONCE ? config.idleCheck() : Duration.ZERO;
        return tasks.request(tx, NewTask.job(SessionTasks.RELEASE).delay(pause));
    }
}
