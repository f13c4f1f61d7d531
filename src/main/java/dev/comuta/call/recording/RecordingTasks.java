package dev.comuta.call.recording;

import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Task types of recordings. */
@Dependent
class RecordingTasks {

    /** Deletes the provider's copy of a recording. */
    @Produces
    @Singleton
    static final TaskType DELETE_ORIGINAL = TaskType.silent("ExclusãoGravação", TaskQueue.BULK);

    private RecordingTasks() {}
}
