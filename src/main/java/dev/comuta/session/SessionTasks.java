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

    /** Gives sessions that no person attends to back to the assistant. */
    @Produces
    @Singleton
    public static final TaskType RELEASE = TaskType.silent("LiberaçãoSessões", TaskQueue.BULK);

    /** Mails a person that a session was handed over to people. */
    @Produces
    @Singleton
    public static final TaskType HAND_OVER_MAIL = TaskType.silent("AvisoTransferência", TaskQueue.BULK);

    private SessionTasks() {}
}
