package dev.comuta.call.plan;

import dev.comuta.channel.ChannelRef;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.rest.Revision;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

/** Statements of the table CallPlans. */
@ApplicationScoped
class PlanStore {

    private static final String FIND = "select Plan, Version from CallPlans where ClientID = $1 and ChannelID = $2";
    private static final String LOCK = FIND + " for update";
    private static final String CREATE =
            "insert into CallPlans (ClientID, ChannelID, Plan) values ($1, $2, '{}') on conflict do nothing";

    private static final String CHANGE = """
            update CallPlans set Plan = $3, Version = Version + 1, UpdatedAt = clock_timestamp()
            where ClientID = $1 and ChannelID = $2
            returning Plan, Version""";

    /** The plan of a channel; the default plan when it has none. */
    Uni<Revision<CallPlan>> find(Tx tx, ChannelRef channel) {
        return tx.find(FIND, PlanStore::plan, channel.clientId(), channel.channelId())
                .onItem()
                .ifNull()
                .continueWith(() -> new Revision<>(CallPlan.DEFAULT, 0));
    }

    /** The same, locked until the end of the transaction; the first change of a channel creates the row. */
    Uni<Revision<CallPlan>> lock(Tx tx, ChannelRef channel) {
        return tx.execute(CREATE, channel.clientId(), channel.channelId())
                .chain(() -> tx.get(LOCK, PlanStore::plan, "channel", channel.clientId(), channel.channelId()));
    }

    Uni<Revision<CallPlan>> change(Tx tx, ChannelRef channel, CallPlan plan) {
        return tx.get(
                CHANGE, PlanStore::plan, "channel", channel.clientId(), channel.channelId(), JsonObject.mapFrom(plan));
    }

    private static Revision<CallPlan> plan(Row row) {
        return new Revision<>(row.getJsonObject("plan").mapTo(CallPlan.class), row.getInteger("version"));
    }
}
