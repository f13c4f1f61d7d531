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

    /** Does a step of the call plan, and what the calls of LiveKit can do of it. */
    @Produces
    @Singleton
    static final TaskType STEP = TaskType.silent("PassoLiveKit", TaskQueue.TURN);

    /** Completes the recordings of a call that has ended, and then ends its room. */
    @Produces
    @Singleton
    static final TaskType ROOM_END = TaskType.silent("FimSalaLiveKit", TaskQueue.SEND);

    private LiveKitTasks() {}
}
