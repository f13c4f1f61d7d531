package dev.comuta.task.job;

import dev.comuta.platform.db.Tx;
import dev.comuta.task.NewTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;

/** The outcome of a job that changes many rows in one batch, and requests its successor. */
@ApplicationScoped
public class JobBatches {

    private final Tasks tasks;

    JobBatches(Tasks tasks) {
        this.tasks = tasks;
    }

    /**
     * Runs the batch in the transaction that completes the task. The next task begins immediately after a full batch, and
     * otherwise after the pause.
     *
     * @param size most rows of a batch
     * @param batch changes at most this many rows, and returns their number
     */
    public Outcome outcome(TaskType job, int size, Duration pause, Function<Tx, Uni<Integer>> batch) {
        return new Outcome.Done(null, tx -> batch.apply(tx)
                .chain(changed -> requestNext(tx, job, changed < size ? pause : Duration.ZERO)));
    }

    private Uni<Void> requestNext(Tx tx, TaskType job, Duration delay) {
        return tasks.request(tx, NewTask.job(job).delay(delay));
    }
}
