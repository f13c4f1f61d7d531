package dev.comuta.provider.livekit;

import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Task types of LiveKit. */
@Dependent
class LiveKitTasks {

    /** Asks for the attributes of a telephone that joined a room without them. */
    @Produces
    @Singleton
    static final TaskType TELEPHONE = TaskType.silent("TelefoneLiveKit", TaskQueue.SEND);

    private LiveKitTasks() {}
}
