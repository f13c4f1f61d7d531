package dev.comuta.call.notice;

import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Task types of notices about calls. */
@Dependent
class CallNoticeTasks {

    /** Mails an internal user about a call. */
    @Produces
    @Singleton
    static final TaskType MAIL = TaskType.silent("AvisoChamada", TaskQueue.BULK);

    private CallNoticeTasks() {}
}
