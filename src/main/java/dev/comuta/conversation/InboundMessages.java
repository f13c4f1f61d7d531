package dev.comuta.conversation;

import dev.comuta.platform.PlatformReason;
import dev.comuta.platform.RequestedTask;
import dev.comuta.platform.Transactions;
import dev.comuta.platform.Tx;
import dev.comuta.task.TaskType;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;

/** Accepts what providers deliver: one commit holds the person, the session, the message, its event and its turn. */
@ApplicationScoped
public class InboundMessages {

    private static final String RECEIVE =
            "select * from comuta_receive($1, $2::double precision * interval '1 second')";

    private final Transactions transactions;
    private final ConversationConfig config;
    private final MeterRegistry metrics;

    InboundMessages(Transactions transactions, ConversationConfig config, MeterRegistry metrics) {
        this.transactions = transactions;
        this.config = config;
        this.metrics = metrics;
    }

    /**
     * Stores messages, of one tenant or many, and requests a turn for each. When the answer is there, they are committed.
     *
     * @param messages in the provider's order, which is kept inside a contact; at least one
     * @return what became of each, in the order given; fails as a whole, having stored nothing, when the database is away
     *     (may be tried again)
     */
    public Uni<List<Received>> receive(List<InboundMessage> messages) {
        JsonArray items = new JsonArray();
        messages.forEach(message -> items.add(message.toJson()));
        return transactions
                .statementsAsPlatform(PlatformReason.ROUTING, tx -> receive(tx, items))
                .invoke(this::count);
    }

    private Uni<List<Received>> receive(Tx tx, JsonArray items) {
        double idleSeconds = config.idleTime().toSeconds();
        return tx.sql(RECEIVE, items, idleSeconds).map(rows -> read(tx, rows, items.size()));
    }

    private static List<Received> read(Tx tx, RowSet<Row> rows, int items) {
        Received[] received = new Received[items];
        for (Row row : rows) {
            received[row.getLong("item_no").intValue()] = new Received(
                    Received.Outcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
                    row.getLong("session_id"),
                    row.getLong("message_id"));
            Long taskId = row.getLong("task_id");
            if (taskId != null) {
                tx.requested(new RequestedTask(taskId, row.getLong("client_id"), TaskType.TURN.stored()));
            }
        }
        return List.of(received);
    }

    private void count(List<Received> received) {
        for (Received one : received) {
            metrics.counter(
                            "comuta.messages.received",
                            "outcome",
                            one.outcome().name().toLowerCase(Locale.ROOT))
                    .increment();
        }
    }
}
