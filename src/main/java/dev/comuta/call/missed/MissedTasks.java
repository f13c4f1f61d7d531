package dev.comuta.call.missed;

import dev.comuta.event.EventType;
import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Task types of missed calls. */
@Dependent
class MissedTasks {

    /** Decides whether an ended call was missed, some seconds after its end. */
    @Produces
    @Singleton
    static final TaskType DECIDE = TaskType.silent("ChamadaPerdida", TaskQueue.BULK);

    /** Sends a template to the caller of a missed call. */
    @Produces
    @Singleton
    static final TaskType NOTIFY = TaskType.silent("MensagemChamadaPerdida", TaskQueue.SEND);

    /** Calling back. It is open until somebody has spoken with or written to the person, or until its deadline. */
    @Produces
    @Singleton
    static final TaskType CALL_BACK = TaskType.visible("Retorno", TaskQueue.BULK, EventType.TASK_FINISHED);

    private MissedTasks() {}
}
