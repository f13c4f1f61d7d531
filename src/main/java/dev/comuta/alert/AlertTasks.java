package dev.comuta.alert;

import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Task types of alerts. */
@Dependent
public class AlertTasks {

    /** Mails an alert to the administrators. */
    @Produces
    @Singleton
    public static final TaskType SEND_ALERT = TaskType.silent("EnvioAlerta", TaskQueue.BULK);

    private AlertTasks() {}
}
