package dev.comuta.retention;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionRule;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.NewTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.RecurringHandler;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Removes what is kept for a limited time: a job that requests its successor. */
@ApplicationScoped
class RetentionHandler implements RecurringHandler {

    private static final Duration PAUSE = Duration.ofMinutes(10);
    /** While a backlog is worked off: other statements come in between. */
    private static final Duration BACKLOG_DELAY = Duration.ofSeconds(1);

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final List<RetentionRule> perishables;
    private final Tasks tasks;
    private final Clock clock;

    RetentionHandler(@All List<RetentionRule> perishables, Tasks tasks, Clock clock) {
        this.perishables = perishables;
        this.tasks = tasks;
        this.clock = clock;
    }

    @Override
    public TaskType job() {
        return RetentionTasks.RETENTION;
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return Uni.createFrom().item(new Outcome.Done(null, this::clean));
    }

    /** One after the other: a transaction is one stream. */
    private Uni<Void> clean(Tx tx) {
        Uni<Boolean> cleaned = Uni.createFrom().item(false);
        for (RetentionRule perishable : perishables) {
            cleaned = cleaned.chain(more -> perishable.removeExpired(tx).map(rest -> more || rest));
        }
        return cleaned.chain(more -> requestNext(tx, more ? BACKLOG_DELAY : PAUSE));
    }

    private Uni<Void> requestNext(Tx tx, Duration pause) {
        return tasks.request(
                tx,
                NewTask.job(RetentionTasks.RETENTION).notBefore(clock.instant().plus(pause)));
    }
}
