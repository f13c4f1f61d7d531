package dev.comuta.channel.template;

import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Task types of templates. */
@Dependent
class TemplateTasks {

    /** Reads the templates of a channel's account from the provider. */
    @Produces
    @Singleton
    static final TaskType SYNC = TaskType.silent("SincronizaçãoModelos", TaskQueue.BULK);

    /** Creates a template at the provider. */
    @Produces
    @Singleton
    static final TaskType CREATE = TaskType.silent("CriaçãoModelo", TaskQueue.BULK);

    /** Deletes a template at the provider. */
    @Produces
    @Singleton
    static final TaskType DELETE = TaskType.silent("ExclusãoModelo", TaskQueue.BULK);

    private TemplateTasks() {}
}
