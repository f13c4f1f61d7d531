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
import java.time.Duration;
import java.util.List;

/** Recurring job: applies every {@link RetentionRule} and requests its next run. */
@ApplicationScoped
class RetentionHandler implements RecurringHandler {

    private static final Duration PAUSE = Duration.ofMinutes(10);

    /** Pause while expired rows remain, so that other statements run between the batches. */
    private static final Duration BACKLOG_DELAY = Duration.ofSeconds(1);

    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

    private final List<RetentionRule> rules;
    private final Tasks tasks;

    RetentionHandler(@All List<RetentionRule> rules, Tasks tasks) {
        this.rules = rules;
        this.tasks = tasks;
    }

    @Override
    public TaskType job() {
        return RetentionTasks.RETENTION;
    }

    @Override
    public Duration timeLimit() {
        return TIME_LIMIT;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return Uni.createFrom().item(new Outcome.Done(null, this::removeExpired));
    }

    /** Applies the rules one after another, because a transaction runs one statement at a time. */
    private Uni<Void> removeExpired(Tx tx) {
        Uni<Boolean> hasMore = Uni.createFrom().item(false);
        for (RetentionRule rule : rules) {
            hasMore = hasMore.chain(more -> rule.removeExpired(tx).map(ruleHasMore -> more || ruleHasMore));
        }
        return hasMore.chain(more -> requestNext(tx, more ? BACKLOG_DELAY : PAUSE));
    }

    private Uni<Void> requestNext(Tx tx, Duration pause) {
        return tasks.request(tx, NewTask.job(RetentionTasks.RETENTION).delay(pause));
    }
}
