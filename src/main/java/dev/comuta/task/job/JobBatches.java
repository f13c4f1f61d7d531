package dev.comuta.task.job;

import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.task.NewTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;

/** Runs a job that changes many rows of all tenants in batches, each in a short transaction of its own. */
@ApplicationScoped
public class JobBatches {

    private final Transactions transactions;
    private final Tasks tasks;

    JobBatches(Transactions transactions, Tasks tasks) {
        this.transactions = transactions;
        this.tasks = tasks;
    }

    /**
     * Runs one batch in a transaction before the one that completes the task, so that completions of other tasks do not
     * wait for its rows. The next task begins immediately after a full batch, and otherwise after the pause.
     *
     * @param size most rows of a batch
     * @param batch changes at most this many rows, and returns their number; a repetition changes further rows
     */
    public Uni<Outcome> run(TaskType job, int size, Duration pause, Function<Tx, Uni<Integer>> batch) {
        return transactions
                .statementsAsPlatform(PlatformReason.PLATFORM_TASK, batch)
                .map(changed -> changed < size ? pause : Duration.ZERO)
                .map(delay -> new Outcome.Done(null, tx -> requestNext(tx, job, delay)));
    }

    private Uni<Void> requestNext(Tx tx, TaskType job, Duration delay) {
        return tasks.request(tx, NewTask.job(job).delay(delay));
    }
}
