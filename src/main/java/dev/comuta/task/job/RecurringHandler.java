package dev.comuta.task.job;

import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import java.util.Set;

/**
 * Port: a job of the platform, a task that requests its successor in the transaction that completes it.
 * {@link RecurringJobs} requests the first one.
 */
public interface RecurringHandler extends TaskHandler {

    /** The type of the job. */
    TaskType job();

    @Override
    default Set<TaskType> types() {
        return Set.of(job());
    }

    /** A job has no final failure, because a failed job would not request its successor. */
    @Override
    default int maxAttempts() {
        return Integer.MAX_VALUE;
    }
}
