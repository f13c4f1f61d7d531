package dev.comuta.channel.template;

import dev.comuta.task.NewTask;
import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import io.vertx.core.json.JsonObject;
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

    /** Asks a provider that does not report it for the result of a review. */
    @Produces
    @Singleton
    static final TaskType REVIEW = TaskType.silent("RevisãoModelo", TaskQueue.BULK);

    private TemplateTasks() {}

    /** A task about one template; the tasks of a template never overlap. */
    static NewTask of(TaskType type, long clientId, long templateId) {
        return NewTask.of(type)
                .client(clientId)
                .data(new JsonObject().put("templateId", templateId))
                .serialKey("modelo:" + templateId);
    }
}
