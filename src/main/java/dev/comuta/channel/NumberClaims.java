package dev.comuta.channel;

import dev.comuta.alert.Alerts;
import dev.comuta.platform.db.EntityTx;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

/** The consequences when a channel gets its number, and when another client already has it. */
@ApplicationScoped
class NumberClaims {

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
        if (channel.address() == null) {
            return Uni.createFrom().voidItem();
        }
        JsonObject request = new JsonObject().put("channelId", channel.channelId());
        return tasks.request(
                tx,
                NewTask.of(ChannelTasks.REPLAY_PARKED)
                        .client(channel.clientId())
                        .data(request)
                        .dedupeKey("estacionados:" + channel.channelId())
                        .delay(config.replayDelay()));
    }
}
