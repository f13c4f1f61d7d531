package dev.comuta.media;

import dev.comuta.event.EventType;
import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Task types of media. */
@Dependent
public class MediaTasks {

    /** Speech to text. */
    @Produces
    @Singleton
    public static final TaskType TRANSCRIPTION =
            TaskType.visible("TranscricaoAudio", TaskQueue.TOOL, EventType.TASK_FINISHED);

    private MediaTasks() {}
}
