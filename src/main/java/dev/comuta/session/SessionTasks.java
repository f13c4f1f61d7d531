package dev.comuta.session;

import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Task types of sessions. */
@Dependent
public class SessionTasks {

    /** Closes conversations that were idle too long. */
    @Produces
    @Singleton
    public static final TaskType CLOSE_IDLE = TaskType.silent("EncerramentoInativas", TaskQueue.BULK);

    private SessionTasks() {}
}
