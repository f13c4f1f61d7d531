package dev.comuta.channel;

import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Task types of channels. */
@Dependent
public class ChannelTasks {

    /** Receives the messages that were parked before the channel of their number was active. */
    @Produces
    @Singleton
    public static final TaskType REPLAY_PARKED = TaskType.silent("ReplayEstacionados", TaskQueue.BULK);

    private ChannelTasks() {}
}
