package dev.comuta.conversation;

import dev.comuta.platform.GroupCommit;
import dev.comuta.platform.PlatformReason;
import dev.comuta.platform.RequestedTask;
import dev.comuta.platform.Tracing;
import dev.comuta.platform.Transactions;
import dev.comuta.platform.Tx;
import dev.comuta.task.TaskType;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Accepts what providers deliver: one commit holds the person, the session, the message, its event and its turn. */
@ApplicationScoped
public class InboundMessages {

    private static final String RECEIVE =
            "select * from comuta_receive($1, $2::double precision * interval '1 second')";

    private static final Attributes STORED =
            Attributes.builder().put("db.system.name", "postgresql").build();

    private final Transactions transactions;
    private final ConversationConfig config;
    private final OptOuts optOuts;
    private final MeterRegistry metrics;
    private final Tracing tracing;

    /** Messages of one contact always take the same line, so that their order is kept. */
    private final List<GroupCommit<Traced, Received>> lines;

    /** A message and the trace of the request that brought it; null when it is not traced. */
    private record Traced(InboundMessage message, String traceParent) {

        private JsonObject toJson() {
            return message.toJson().put("traceParent", traceParent);
        }
    }

    InboundMessages(
            Transactions transactions,
            ConversationConfig config,
            OptOuts optOuts,
            MeterRegistry metrics,
            Tracing tracing,
            Vertx vertx) {
        this.tracing = tracing;
        this.transactions = transactions;
        this.config = config;
        this.optOuts = optOuts;
        this.metrics = metrics;
        this.lines = IntStream.range(0, config.receiveLines())
                .mapToObj(i -> line(((VertxInternal) vertx).createEventLoopContext()))
                .toList();
    }

    private GroupCommit<Traced, Received> line(Context context) {
        return new GroupCommit<>(context, this::commit, config.receiveLimit(), config.receiveWaiting());
    }

    /**
     * Stores messages, of one tenant or many, and requests a turn for each. When the answer is there, they are committed,
     * together with what others sent meanwhile.
     *
     * @param messages in the provider's order, which is kept inside a contact; at least one
     * @return what became of each, in the order given; fails when one could not be stored (what was stored is then found
     *     to be a duplicate when it is delivered again), as unavailable when the database is away
     */
    public Uni<List<Received>> receive(List<InboundMessage> messages) {
        return tracing.span(SpanKind.CLIENT, "comuta_receive", STORED, () -> submit(messages, tracing.current()));
    }

    private Uni<List<Received>> submit(List<InboundMessage> messages, String traceParent) {
        return Uni.join()
                .all(messages.stream()
                        .map(message -> submit(new Traced(message, traceParent)))
                        .toList())
                .andFailFast();
    }

    private Uni<Received> submit(Traced traced) {
        int line = Math.floorMod(traced.message().contact().key().hashCode(), lines.size());
        return lines.get(line).submit(traced);
    }

    private Uni<List<Received>> commit(List<Traced> messages) {
        JsonArray items = new JsonArray();
        messages.forEach(message -> items.add(message.toJson()));
        double idleSeconds = config.idleTime().toSeconds();
        return transactions
                .statementsAsPlatform(PlatformReason.ROUTING, tx -> tx.sql(RECEIVE, items, idleSeconds)
                        .map(rows -> read(item -> tx.tracedBy(messages.get(item).traceParent()), rows, items.size()))
                        .call(received -> optOuts.heed(tx, plain(messages), received)))
                .invoke(this::count);
    }

    private static List<InboundMessage> plain(List<Traced> messages) {
        return messages.stream().map(Traced::message).toList();
    }

    /** @param txOfItem the transaction as the item's part of it */
    static List<Received> read(IntFunction<Tx> txOfItem, RowSet<Row> rows, int items) {
        Received[] received = new Received[items];
        for (Row row : rows) {
            int item = row.getLong("item_no").intValue();
            received[item] = new Received(
                    Received.Outcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
                    row.getLong("session_id"),
                    row.getLong("message_id"));
            Long taskId = row.getLong("task_id");
            if (taskId != null) {
                txOfItem.apply(item)
                        .requested(new RequestedTask(taskId, row.getLong("client_id"), TaskType.TURN.stored()));
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
