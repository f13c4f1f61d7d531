package dev.comuta.call;

import dev.comuta.event.EventType;
import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Task types of calls. */
@Dependent
public class CallTasks {

    /** Makes one call. */
    @Produces
    @Singleton
    public static final TaskType DIAL = TaskType.visible("ChamadaSaida", TaskQueue.SEND, EventType.TASK_FINISHED);

    /** Changes a call that goes on: hangs up, holds, transfers. */
    @Produces
    @Singleton
    public static final TaskType COMMAND = TaskType.visible("ComandoChamada", TaskQueue.TURN, EventType.TASK_FINISHED);

    /** Moves a call to another person, or back. */
    @Produces
    @Singleton
    public static final TaskType TRANSFER = TaskType.silent("TransferênciaChamada", TaskQueue.TURN);

    /** Asks the provider about a call of which no news arrived. */
    @Produces
    @Singleton
    public static final TaskType CHECK = TaskType.silent("ConsultaChamada", TaskQueue.SEND);

    /** Requests {@link #CHECK} for the calls that are due. */
    @Produces
    @Singleton
    public static final TaskType FIND_DUE = TaskType.silent("ConciliaçãoChamadas", TaskQueue.BULK);

    /** Closes the sessions of ended calls. */
    @Produces
    @Singleton
    public static final TaskType CLOSE_CALLS = TaskType.silent("EncerramentoChamadas", TaskQueue.BULK);

    private CallTasks() {}

    /** The task that dials a call, and the commands to it, run one after the other. */
    public static String serialKey(long callId) {
        return "chamada:" + callId;
    }
}
