package dev.comuta.access;

import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Task types of access. */
@Dependent
public class AccessTasks {

    /** Mails a sign-in link. It is not in the BULK queue, because the user is waiting for the mail. */
    @Produces
    @Singleton
    public static final TaskType SEND_ACCESS = TaskType.silent("EnvioAcesso", TaskQueue.SEND);

    private AccessTasks() {}
}
