package dev.comuta.media;

import dev.comuta.event.EventType;
import dev.comuta.task.NewTask;
import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Task types of media. */
@Dependent
public class MediaTasks {

    /** Speech to text. */
    @Produces
    @Singleton
    public static final TaskType TRANSCRIPTION =
            TaskType.visible("TranscricaoAudio", TaskQueue.TOOL, EventType.TASK_FINISHED);

    /** Fetching a file from its provider. A turn waits for the files of its messages. */
    @Produces
    @Singleton
    public static final TaskType FETCH = TaskType.silent("BuscaMídia", TaskQueue.TOOL);

    /** Scanning a file that is held because the scanner did not answer. */
    @Produces
    @Singleton
    static final TaskType SCAN = TaskType.silent("VerificaçãoMídia", TaskQueue.BULK);

    /** Deleting objects that no row uses. */
    @Produces
    @Singleton
    static final TaskType UNUSED_OBJECTS = TaskType.silent("LimpezaObjetos", TaskQueue.BULK);

    private MediaTasks() {}

    /** The fetch of a file that waits for it. */
    public static NewTask fetch(long clientId, Long sessionId, long mediaId) {
        return NewTask.of(FETCH).client(clientId).session(sessionId).data(new JsonObject().put("mediaId", mediaId));
    }

    static NewTask scan(long clientId, Long sessionId, long mediaId) {
        return NewTask.of(SCAN)
                .client(clientId)
                .session(sessionId)
                .data(new JsonObject().put("mediaId", mediaId))
                .delay(Duration.ofSeconds(30));
    }
}
