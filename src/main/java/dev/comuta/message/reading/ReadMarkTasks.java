package dev.comuta.message.reading;

import dev.comuta.channel.ChannelRef;
import dev.comuta.task.NewTask;
import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The task type that marks messages as read. */
@Dependent
public class ReadMarkTasks {

    /** Shows the end user of a session that the latest message was read. */
    @Produces
    @Singleton
    static final TaskType MARK_READ = TaskType.silent("LeituraMensagem", TaskQueue.BULK);

    private ReadMarkTasks() {}

    /** The task for the messages of a session that a turn accepted; one that is open is enough. */
    public static NewTask of(ChannelRef channel, long sessionId) {
        return NewTask.of(MARK_READ)
                .client(channel.clientId())
                .session(sessionId)
                .data(new JsonObject().put("channelId", channel.channelId()))
                .dedupeKey("leitura:" + sessionId);
    }
}
