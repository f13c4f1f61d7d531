package dev.comuta.retention;

import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionRule;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.NewTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import dev.comuta.task.job.RecurringHandler;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** Recurring job: applies every {@link RetentionRule} and requests its next run. */
@ApplicationScoped
class RetentionHandler implements RecurringHandler {

    private static final Duration PAUSE = Duration.ofMinutes(10);

    /** Pause while expired rows remain, so that other statements run between the batches. */
    private static final Duration BACKLOG_DELAY = Duration.ofSeconds(1);

    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

    private static final Logger LOG = Logger.getLogger(RetentionHandler.class);

    private final List<RetentionRule> rules;
    private final Transactions transactions;
    private final Tasks tasks;

    RetentionHandler(@All List<RetentionRule> rules, Transactions transactions, Tasks tasks) {
        this.rules = rules;
        this.transactions = transactions;
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
        Uni<Removal> removal = Uni.createFrom().item(Removal.NONE);
        for (RetentionRule rule : rules) {
            removal = removal.chain(before -> apply(rule).map(before::and));
        }
        return removal.map(Removal::moreOrFail)
                .map(more -> new Outcome.Done(null, tx -> requestNext(tx, more ? BACKLOG_DELAY : PAUSE)));
    }

    /**
     * The result of rules.
     *
     * @param more whether there may be more expired rows
     * @param failure of a rule; null when none failed
     */
    private record Removal(boolean more, Throwable failure) {

        private static final Removal NONE = new Removal(false, null);

        Removal and(Removal other) {
            return new Removal(more || other.more, failure == null ? other.failure : failure);
        }

        /** After a failure the task is retried, and finally raises an alert. */
        boolean moreOrFail() {
            if (failure != null) {
                throw new TransientFailure("a rule of retention failed", failure);
            }
            return more;
        }
    }

    /** Each rule has a short transaction of its own, and a rule that fails does not stop the others. */
    private Uni<Removal> apply(RetentionRule rule) {
        return transactions
                .statementsAsPlatform(PlatformReason.RETENTION, rule::removeExpired)
                .map(more -> new Removal(more, null))
                .onFailure()
                .invoke(failure ->
                        LOG.warnf(failure, "%s failed", rule.getClass().getSimpleName()))
                .onFailure()
                .recoverWithItem(failure -> new Removal(false, failure));
    }

    private Uni<Void> requestNext(Tx tx, Duration pause) {
        return tasks.request(tx, NewTask.job(RetentionTasks.RETENTION).delay(pause));
    }
}
