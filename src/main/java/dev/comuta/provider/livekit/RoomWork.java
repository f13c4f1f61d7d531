package dev.comuta.provider.livekit;

import dev.comuta.call.CallDirection;
import dev.comuta.call.CallListener;
import dev.comuta.call.CallRef;
import dev.comuta.call.StoredCall;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import dev.comuta.task.Tasks.UnclaimedTask;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;

/** Requests the work in the room of a call: the steps of its script when it begins, and what follows its end. */
@ApplicationScoped
class RoomWork implements CallListener {

    static final String CALL = "callId";
    static final String STEP = "step";

    /** Within this time the server itself usually reports the end of a recording. */
    private static final Duration AFTER_END = Duration.ofSeconds(1);

    private final ChannelDirectory channels;
    private final Tasks tasks;

    RoomWork(ChannelDirectory channels, Tasks tasks) {
        this.channels = channels;
        this.tasks = tasks;
    }

    /** The task of a step of a call's script. */
    static NewTask step(CallRef call, int step) {
        return NewTask.of(LiveKitTasks.STEP)
                .client(call.clientId())
                .data(new JsonObject().put(CALL, call.callId()).put(STEP, step))
                .serialKey(steps(call))
                .dedupeKey("passo-livekit:" + call.callId() + ":" + step);
    }

    private static String steps(CallRef call) {
        return "passos-livekit:" + call.callId();
    }

    /** An incoming call has a script: its first step follows at once. */
    Uni<Void> begun(Tx tx, StoredCall call) {
        return Unis.when(call.script() != null, () -> tasks.request(tx, step(call.ref(), 0)));
    }

    /** The end user answered: what follows is the same as for one who called. */
    @Override
    public Uni<Void> connected(Tx tx, StoredCall call) {
        boolean hasSteps = call.direction() == CallDirection.OUTBOUND
                && call.script() != null
                && !call.script().steps().isEmpty();
        return Unis.when(hasSteps, () -> ofLiveKit(tx, call, () -> tasks.request(tx, step(call.ref(), 0))));
    }

    /** A step that waits is no longer needed. */
    @Override
    public Uni<Void> ended(Tx tx, StoredCall call) {
        return ofLiveKit(
                tx, call, () -> cancelSteps(tx, call.ref()).chain(() -> tasks.request(tx, roomEnd(call.ref()))));
    }

    private static NewTask roomEnd(CallRef call) {
        return NewTask.of(LiveKitTasks.ROOM_END)
                .client(call.clientId())
                .data(new JsonObject().put(CALL, call.callId()))
                .dedupeKey("fim-sala-livekit:" + call.callId())
                .delay(AFTER_END);
    }

    private Uni<Void> cancelSteps(Tx tx, CallRef call) {
        return tasks.lockQueued(tx, call.clientId(), steps(call))
                .chain(queued -> tasks.cancel(
                        tx,
                        call.clientId(),
                        steps(call),
                        queued.stream().map(UnclaimedTask::taskId).toList()));
    }

    private Uni<Void> ofLiveKit(Tx tx, StoredCall call, Supplier<Uni<Void>> work) {
        return channels.getProvider(tx, call.channelId())
                .chain(provider -> Unis.when(LiveKitProvider.LIVEKIT.equals(provider), work));
    }
}
