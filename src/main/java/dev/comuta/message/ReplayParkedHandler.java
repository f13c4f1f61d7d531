package dev.comuta.message;

import dev.comuta.channel.ChannelTasks;
import dev.comuta.platform.db.Tx;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.NewTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;

/** Receives the messages that arrived for a number before its channel was registered, some hundred per task. */
@ApplicationScoped
class ReplayParkedHandler implements TaskHandler {

    private static final int AT_ONCE = 500;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final ParkedMessages parked;
    private final Tasks tasks;

    ReplayParkedHandler(ParkedMessages parked, Tasks tasks) {
        this.parked = parked;
        this.tasks = tasks;
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(ChannelTasks.REPLAY_PARKED);
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    @Override
    public boolean isCancelable() {
        return false;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        long channelId = task.requestedId("channelId");
        return Uni.createFrom().item(new Outcome.Done(null, tx -> replay(tx, task, channelId)));
    }

    private Uni<Void> replay(Tx tx, ClaimedTask task, long channelId) {
        NewTask next = NewTask.of(ChannelTasks.REPLAY_PARKED)
                .client(task.clientId())
                .data(task.requestData())
                .dedupeKey("estacionados:" + channelId);
        return parked.replay(tx, channelId, AT_ONCE)
                .chain(received -> received < AT_ONCE ? Uni.createFrom().voidItem() : tasks.request(tx, next));
    }
}
