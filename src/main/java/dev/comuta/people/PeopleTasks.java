package dev.comuta.people;

import dev.comuta.event.EventType;
import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Task types of people. */
@Dependent
public class PeopleTasks {

    /** Erases the personal data of an end user. */
    @Produces
    @Singleton
    public static final TaskType ERASURE = TaskType.visible("Apagamento", TaskQueue.BULK, EventType.TASK_FINISHED);

    private PeopleTasks() {}
}
