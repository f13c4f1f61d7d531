package dev.comuta.provider.livekit;

import dev.comuta.channel.ChannelRoute;
import dev.comuta.platform.db.Transactions;
import dev.comuta.provider.livekit.api.LiveKitConfig;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

/** Telephones that joined a room before their attributes arrived: the server is asked for them a little later. */
@ApplicationScoped
class LateTelephones {

    static final String ROOM = "room";
    static final String IDENTITY = "identity";
    static final String CHANNEL = "channelId";

    private final Transactions transactions;
    private final Tasks tasks;
    private final LiveKitConfig config;

    LateTelephones(Transactions transactions, Tasks tasks, LiveKitConfig config) {
        this.transactions = transactions;
        this.tasks = tasks;
        this.config = config;
    }

    /**
     * Requests the question about a telephone.
     *
     * @param account a channel with the credentials of the server
     */
    Uni<Void> request(ChannelRoute account, String room, String identity) {
        JsonObject data = new JsonObject()
                .put(CHANNEL, account.ref().channelId())
                .put(ROOM, room)
                .put(IDENTITY, identity);
        NewTask question = NewTask.of(LiveKitTasks.TELEPHONE)
                .client(account.ref().clientId())
                .data(data)
                .delay(config.ringingCheck())
                .dedupeKey("telefone-livekit:" + account.ref().channelId() + ":" + room + ":" + identity);
        return transactions
                .statementsInTenant(account.ref().clientId(), tx -> tasks.request(tx, question))
                .replaceWithVoid();
    }
}
