package dev.comuta.call.missed;

import dev.comuta.call.CallRef;
import dev.comuta.call.missed.MissedStore.MissedCall;
import dev.comuta.call.plan.ChannelPlan;
import dev.comuta.call.plan.Scripts;
import dev.comuta.channel.ChannelRef;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
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

/** Marks an ended call as missed when nobody took it, and begins what follows, once. */
@ApplicationScoped
class MissedCallHandler implements TaskHandler {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Scripts scripts;
    private final MissedStore store;
    private final CallBacks callBacks;
    private final Tasks tasks;

    MissedCallHandler(Scripts scripts, MissedStore store, CallBacks callBacks, Tasks tasks) {
        this.scripts = scripts;
        this.store = store;
        this.callBacks = callBacks;
        this.tasks = tasks;
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(MissedTasks.DECIDE);
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        CallRef call = MissedCalls.callIn(task);
        return scripts.planOf(new ChannelRef(task.clientId(), MissedCalls.channelIn(task)))
                .map(plan -> new Outcome.Done(null, tx -> decide(tx, call, plan)));
    }

    private Uni<Void> decide(Tx tx, CallRef call, ChannelPlan plan) {
        return store.miss(tx, call).chain(missed -> Unis.when(isFollowed(missed), () -> follow(tx, missed, plan)));
    }

    private static boolean isFollowed(MissedCall missed) {
        return missed != null && missed.endUserId() != null && !missed.answered();
    }

    private Uni<Void> follow(Tx tx, MissedCall missed, ChannelPlan plan) {
        return callBacks
                .request(tx, missed, plan)
                .chain(() ->
                        Unis.when(plan.plan().followUpOrDefault().sends(), () -> tasks.request(tx, message(missed))));
    }

    /** The messages to one person are decided one after the other. */
    private static NewTask message(MissedCall missed) {
        String key = "aviso-perdida:" + missed.call().clientId() + ":" + missed.endUserId();
        return NewTask.of(MissedTasks.NOTIFY)
                .client(missed.call().clientId())
                .session(missed.sessionId())
                .data(MissedCalls.request(missed.call(), missed.channelId()))
                .serialKey(key)
                .dedupeKey(key);
    }
}
