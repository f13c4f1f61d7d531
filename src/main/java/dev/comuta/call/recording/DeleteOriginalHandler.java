package dev.comuta.call.recording;

import dev.comuta.call.CallProvider;
import dev.comuta.call.CallProviders;
import dev.comuta.call.CallsConfig;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;

/** Deletes the provider's copy of a recording. It may be repeated. */
@ApplicationScoped
class DeleteOriginalHandler implements TaskHandler {

    private final Transactions transactions;
    private final ChannelDirectory channels;
    private final CallProviders providers;
    private final RecordingStore store;
    private final CallsConfig config;

    DeleteOriginalHandler(
            Transactions transactions,
            ChannelDirectory channels,
            CallProviders providers,
            RecordingStore store,
            CallsConfig config) {
        this.transactions = transactions;
        this.channels = channels;
        this.providers = providers;
        this.store = store;
        this.config = config;
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(RecordingTasks.DELETE_ORIGINAL);
    }

    @Override
    public Duration timeLimit() {
        return config.timeLimit();
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        ChannelRef channel = new ChannelRef(task.clientId(), task.requestedId(Originals.CHANNEL_ID));
        return transactions
                .statementsInTenant(task.clientId(), tx -> channels.getOutbound(tx, channel))
                .chain(found -> delete(task, found))
                .map(deleted -> new Outcome.Done(null, tx -> deleted(task, tx)));
    }

    private Uni<Void> delete(ClaimedTask task, OutboundChannel channel) {
        CallProvider provider =
                providers.of(channel.provider()).orElseThrow(() -> new PermanentFailure("the provider makes no calls"));
        return provider.deleteRecording(channel, task.requestData().getString(Originals.PROVIDER_RECORDING_ID));
    }

    private Uni<Void> deleted(ClaimedTask task, Tx tx) {
        return task.requestData().getValue(Originals.RECORDING_ID) instanceof Number id
                ? store.originalDeleted(tx, task.clientId(), id.longValue())
                : Uni.createFrom().voidItem();
    }
}
