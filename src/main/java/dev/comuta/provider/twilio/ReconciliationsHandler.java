package dev.comuta.provider.twilio;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRef;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Tx;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.NewTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import dev.comuta.task.job.RecurringHandler;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Requests the reconciliation of every active channel of Twilio, since the time up to which the previous run requested it.
 * That time is in the row of the job. So the first run after a gap, in which no server ran, covers the gap.
 */
@ApplicationScoped
class ReconciliationsHandler implements RecurringHandler {

    static final String SINCE = "since";

    private static final String AFTER = "after";
    private static final String UNTIL = "until";
    private static final int AT_ONCE = 200;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final ChannelDirectory channels;
    private final Tasks tasks;
    private final TwilioConfig config;

    ReconciliationsHandler(ChannelDirectory channels, Tasks tasks, TwilioConfig config) {
        this.channels = channels;
        this.tasks = tasks;
        this.config = config;
    }

    @Override
    public TaskType job() {
        return TwilioTasks.RECONCILE_ALL;
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return Uni.createFrom().item(new Outcome.Done(null, tx -> tx.now().chain(now -> request(tx, task, now))));
    }

    /** A portion of the channels; a full one is followed by the next at once. */
    private Uni<Void> request(Tx tx, ClaimedTask task, Instant now) {
        JsonObject data = task.requestData() == null ? new JsonObject() : task.requestData();
        Instant since = data.getInstant(SINCE, now.minus(config.reconciliationReach()));
        Instant until = data.getInstant(UNTIL, now.minus(config.reconciliationDelay()));
        return channels.active(tx, TwilioProvider.TWILIO, data.getLong(AFTER, 0L), AT_ONCE)
                .call(found -> InOrder.each(found, channel -> request(tx, channel, since)))
                .chain(found -> tasks.request(tx, next(found, since, until)));
    }

    private NewTask next(List<ChannelRef> found, Instant since, Instant until) {
        return found.size() < AT_ONCE
                ? NewTask.job(job()).data(new JsonObject().put(SINCE, until)).delay(config.reconciliationInterval())
                : NewTask.job(job())
                        .data(new JsonObject()
                                .put(SINCE, since)
                                .put(UNTIL, until)
                                .put(AFTER, found.getLast().channelId()));
    }

    /** Nothing happens while an earlier one is open: it ends at the time at which it runs. */
    private Uni<Void> request(Tx tx, ChannelRef channel, Instant since) {
        return tasks.request(
                tx,
                NewTask.of(TwilioTasks.RECONCILE)
                        .client(channel.clientId())
                        .data(new JsonObject()
                                .put("channelId", channel.channelId())
                                .put(SINCE, since))
                        .dedupeKey(ReconcileHandler.key(channel.channelId())));
    }
}
