package dev.comuta.provider.twilio;

import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Task types of Twilio. */
@Dependent
class TwilioTasks {

    /** Requests a reconciliation of every channel. */
    @Produces
    @Singleton
    static final TaskType RECONCILE_ALL = TaskType.silent("ReconciliacoesTwilio", TaskQueue.BULK);

    /** Stores the received messages of a channel that no webhook delivered. */
    @Produces
    @Singleton
    static final TaskType RECONCILE = TaskType.silent("ReconciliacaoTwilio", TaskQueue.BULK);

    private TwilioTasks() {}
}
