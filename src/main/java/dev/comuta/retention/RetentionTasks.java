package dev.comuta.retention;

import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Task types of retention. */
@Dependent
public class RetentionTasks {

    /** Removes rows whose retention period is over. */
    @Produces
    @Singleton
    public static final TaskType RETENTION = TaskType.silent("Retenção", TaskQueue.BULK);

    private RetentionTasks() {}
}
