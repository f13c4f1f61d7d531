package dev.comuta.call;

import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Task types of calls. */
@Dependent
public class CallTasks {

    /** Closes the sessions of ended calls. */
    @Produces
    @Singleton
    public static final TaskType CLOSE_CALLS = TaskType.silent("EncerramentoChamadas", TaskQueue.BULK);

    private CallTasks() {}
}
