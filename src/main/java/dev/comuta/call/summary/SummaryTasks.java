package dev.comuta.call.summary;

import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Task types of summaries. */
@Dependent
class SummaryTasks {

    /** Writes the summary of an ended call. */
    @Produces
    @Singleton
    static final TaskType SUMMARIZE = TaskType.silent("ResumoLigação", TaskQueue.BULK);

    private SummaryTasks() {}
}
