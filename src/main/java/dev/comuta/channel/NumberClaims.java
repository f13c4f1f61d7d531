package dev.comuta.channel;

import dev.comuta.alert.Alerts;
import dev.comuta.client.ClientListener;
import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The consequences when a channel gets its number, when another client already has it, and when the client is active
 * again.
 */
@ApplicationScoped
class NumberClaims implements ClientListener {

    private static final String WITH_PARKED = """
            select ChannelID from CommunicationChannels
            where ClientID = $1 and Status = 'Ativo' and ProviderID is not null order by ChannelID""";

    private final Tasks tasks;
    private final Alerts alerts;
    private final ChannelConfig config;

    NumberClaims(Tasks tasks, Alerts alerts, ChannelConfig config) {
        this.tasks = tasks;
        this.alerts = alerts;
        this.config = config;
    }

    /** Raises an alert: two clients claim the number, and a person must decide which of them owns it. */
    Uni<Void> dispute(EntityTx tx, Channel channel) {
        return alerts.raise(
                tx,
                channel.clientId(),
                null,
                "canal-em-disputa/" + channel.channelId(),
                "O canal " + channel.channelId() + " continua 'Pendente': o seu número está ativo em outro cliente");
    }

    /**
     * Requests the receipt of the messages that were parked before the number was active. The task is delayed until
     * cached routes have expired: until then a process may not find the channel, and park another message.
     */
    Uni<Void> replayParked(EntityTx tx, Channel channel) {
        return Unis.when(channel.address() != null, () -> replayParked(tx, channel.clientId(), channel.channelId()));
    }

    /** Requests the receipt of the messages that were parked while the client was 'Inativo'. */
    @Override
    public Uni<Void> activated(Tx tx, long clientId) {
        return tx.list(WITH_PARKED, row -> row.getLong(0), clientId)
                .chain(channels -> InOrder.each(channels, channelId -> replayParked(tx, clientId, channelId)));
    }

    private Uni<Void> replayParked(Tx tx, long clientId, long channelId) {
        JsonObject request = new JsonObject().put("channelId", channelId);
        return tasks.request(
                tx,
                NewTask.of(ChannelTasks.REPLAY_PARKED)
                        .client(clientId)
                        .data(request)
                        .dedupeKey("estacionados:" + channelId)
                        .delay(config.replayDelay()));
    }
}
