package dev.comuta.message;

import dev.comuta.platform.batch.GroupCommit;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.RequestedTask;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.trace.Tracing;
import dev.comuta.session.SessionConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Accepts what providers deliver: one commit holds the person, the session, the message, its event and its turn. */
@ApplicationScoped
public class InboundMessages {

    private static final Attributes STORED =
            Attributes.builder().put("db.system.name", "postgresql").build();

    private final Transactions transactions;
    private final ReceiveConfig config;
    private final SessionConfig sessionConfig;
    private final OptOuts optOuts;
    private final Map<Received.Outcome, Counter> counters;
    private final Tracing tracing;

    /** Messages of one contact always take the same shard, so that their order is kept. */
    private final List<GroupCommit<Traced, Received>> shards;

    /** A message and the trace of the request that brought it; null when it is not traced. */
    private record Traced(InboundMessage message, String traceParent) {}

    InboundMessages(
            Transactions transactions,
            ReceiveConfig config,
            SessionConfig sessionConfig,
            OptOuts optOuts,
            MeterRegistry metrics,
            Tracing tracing,
            Vertx vertx) {
        this.tracing = tracing;
        this.transactions = transactions;
        this.config = config;
        this.sessionConfig = sessionConfig;
        this.optOuts = optOuts;
        this.counters = counters(metrics);
        this.shards = IntStream.range(0, config.shards())
                .mapToObj(i -> shard(((VertxInternal) vertx).createEventLoopContext()))
                .toList();
    }

    private GroupCommit<Traced, Received> shard(Context context) {
        return new GroupCommit<>(
                context,
                this::commit,
                new GroupCommit.Limits(
                        config.groupLimit(),
                        config.maxQueued(),
                        config.maxQueuedPerChannel(),
                        config.maxWait(),
                        config.minInterval()));
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
        return traced(traceParent -> Uni.join()
                .all(messages.stream()
                        .map(message -> submit(new Traced(message, traceParent)))
                        .toList())
                .andFailFast());
    }

    private Uni<Received> submit(Traced traced) {
        int shard = Math.floorMod(traced.message().contact().key().hashCode(), shards.size());
        return shards.get(shard).submit(traced, traced.message().channelId());
    }

    /** The same for one message. */
    public Uni<Received> receive(InboundMessage message) {
        return traced(traceParent -> submit(new Traced(message, traceParent)));
    }

    /** @param storing told the trace of its own span; null when there is none */
    private <T> Uni<T> traced(Function<String, Uni<T>> storing) {
        return tracing.span(SpanKind.CLIENT, "comuta_receive", STORED, () -> storing.apply(tracing.current()));
    }

    /** Whether a message that came now would be refused, for want of room. */
    public boolean isBusy() {
        return shards.stream().anyMatch(GroupCommit::isOverloaded);
    }

    /** What waits for a commit is refused; what was told to be stored is. */
    @PreDestroy
    void close() {
        shards.forEach(GroupCommit::close);
    }

    private Uni<List<Received>> commit(List<Traced> messages) {
        String[] traces = messages.stream().map(Traced::traceParent).toArray(String[]::new);
        Object[] parameters = InboundRows.of(plain(messages), traces, sessionConfig.idleTime());
        return transactions
                .statementsAsPlatform(PlatformReason.ROUTING, tx -> tx.sql(InboundRows.RECEIVE, parameters)
                        .map(rows -> read(item -> tx.tracedBy(messages.get(item).traceParent()), rows, messages.size()))
                        .call(received -> optOuts.apply(tx, plain(messages), received)))
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
                        .requested(
                                new RequestedTask(taskId, row.getLong("client_id"), MessageTasks.TURN.stored(), null));
            }
        }
        return List.of(received);
    }

    private void count(List<Received> received) {
        received.forEach(one -> counters.get(one.outcome()).increment());
    }

    private static Map<Received.Outcome, Counter> counters(MeterRegistry metrics) {
        Map<Received.Outcome, Counter> counters = new EnumMap<>(Received.Outcome.class);
        for (Received.Outcome outcome : Received.Outcome.values()) {
            String word = outcome.name().toLowerCase(Locale.ROOT);
            counters.put(outcome, metrics.counter("comuta.messages.received", "outcome", word));
        }
        return counters;
    }
}
