package dev.comuta.message;

import dev.comuta.channel.ChannelTasks;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Workload;
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

/**
 * Receives the messages that arrived for a number before its channel was registered, in portions, each in a transaction
 * of its own.
 */
@ApplicationScoped
class ReplayParkedHandler implements TaskHandler {

    private static final int AT_ONCE = 50;

    /** Most portions of one task; another task continues. */
    private static final int PORTIONS = 20;

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final ParkedMessages parked;
    private final Transactions transactions;
    private final Tasks tasks;

    ReplayParkedHandler(ParkedMessages parked, Transactions transactions, Tasks tasks) {
        this.parked = parked;
        this.transactions = transactions;
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
        return replay(task.clientId(), channelId, PORTIONS)
                .map(finished -> new Outcome.Done(null, tx -> finished ? nothing() : requestNext(tx, task, channelId)));
    }

    /** Returns whether no item remains. Each portion has a transaction of its own, which locks its sessions briefly. */
    private Uni<Boolean> replay(long clientId, long channelId, int portions) {
        if (portions == 0) {
            return Uni.createFrom().item(false);
        }
        return transactions
                .statementsInTenant(Workload.JOB, clientId, tx -> parked.replay(tx, channelId, AT_ONCE))
                .chain(received ->
                        received < AT_ONCE ? Uni.createFrom().item(true) : replay(clientId, channelId, portions - 1));
    }

    private Uni<Void> requestNext(Tx tx, ClaimedTask task, long channelId) {
        return tasks.request(
                tx,
                NewTask.of(ChannelTasks.REPLAY_PARKED)
                        .client(task.clientId())
                        .data(task.requestData())
                        .dedupeKey("estacionados:" + channelId));
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }
}
