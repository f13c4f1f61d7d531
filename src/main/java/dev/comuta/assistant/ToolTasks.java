package dev.comuta.assistant;

import dev.comuta.assistant.ToolFields.TaskTypes;
import dev.comuta.event.EventType;
import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/** Task types of tools: a tool of an assistant names one of them. */
@Dependent
public class ToolTasks {

    /** A look-up in the client's CRM. */
    @Produces
    @Singleton
    public static final TaskType CRM_QUERY =
            TaskType.visible(TaskTypes.QUERY, TaskQueue.TOOL, EventType.QUERY_FINISHED);

    /** Schedules a visit in the client's system. */
    @Produces
    @Singleton
    public static final TaskType SCHEDULE_VISIT =
            TaskType.visible(TaskTypes.VISIT, TaskQueue.TOOL, EventType.TASK_FINISHED);

    public static final Set<TaskType> ALL = Set.of(CRM_QUERY, SCHEDULE_VISIT);

    private ToolTasks() {}
}
