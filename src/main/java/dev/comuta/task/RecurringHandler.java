package dev.comuta.task;

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

    /** A job never fails for good: nobody would request the next one. */
    @Override
    default int maxAttempts() {
        return Integer.MAX_VALUE;
    }
}
