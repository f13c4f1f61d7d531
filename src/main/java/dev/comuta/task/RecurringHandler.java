package dev.comuta.task;

/**
 * Port: a job of the platform, a task that requests its successor in the transaction that ends it. {@link RecurringJobs}
 * asks for the first one.
 */
public interface RecurringHandler extends TaskHandler {

    /** It is never given up: nobody would ask for the next one. */
    @Override
    default int maxAttempts() {
        return Integer.MAX_VALUE;
    }
}
