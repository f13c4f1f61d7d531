package dev.comuta.message;

import dev.comuta.media.MediaTasks;
import dev.comuta.platform.batch.Progress;
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
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Stores delivered messages. One commit contains the end user, the session, the message, its event and the task of its
 * turn.
 */
@ApplicationScoped
public class InboundMessages implements Progress {

    private static final Attributes SPAN_ATTRIBUTES =
            Attributes.builder().put("db.system.name", "postgresql").build();

    /** Longest wait for a lock of a part of a group, after the whole group has waited for the limit of the connection. */
    private static final Duration PART_LOCK_LIMIT = Duration.ofMillis(15);

    private final Transactions transactions;
    private final ReceiveConfig config;
    private final SessionConfig sessionConfig;
    private final OptOuts optOuts;
    private final Map<Received.Outcome, Counter> counters;
    private final Tracing tracing;

    /** Messages of one contact always use the same shard, which keeps their order. */
    private final List<InboundShard> shards;

    /** A message and the trace of the request that delivered it; the trace is null when the request is not traced. */
    record Traced(InboundMessage message, String traceParent) {}

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

    private InboundShard shard(Context context) {
        return new InboundShard(
                context,
                config,
                messages -> store(messages, work -> transactions.statementsAsPlatform(PlatformReason.ROUTING, work)),
                messages -> store(
                        messages,
                        work -> transactions.statementsAsPlatform(PlatformReason.ROUTING, PART_LOCK_LIMIT, work)));
    }

    /**
     * Stores messages, of one tenant or many, and requests a turn for each that asks for an answer. They share commits
     * with the messages of other callers. The results are emitted after the commit.
     *
     * @param messages at least one, in the provider's order, which is kept within a contact
     * @return the result of each message, in the given order. Fails when one message cannot be stored, and as
     *     unavailable when the database is unavailable or another transaction has locked the session for long. Messages
     *     that were stored nevertheless are duplicates when the provider retries.
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
        return shards.get(shard).submit(traced);
    }

    /** The same for one message. */
    public Uni<Received> receive(InboundMessage message) {
        return traced(traceParent -> submit(new Traced(message, traceParent)));
    }

    /** @param work gets the trace of its own span; null when there is none */
    private <T> Uni<T> traced(Function<String, Uni<T>> work) {
        return tracing.span(SpanKind.CLIENT, "comuta_receive", SPAN_ATTRIBUTES, () -> work.apply(tracing.current()));
    }

    /** Whether a message that arrives now would be rejected because too many wait. */
    public boolean isBusy() {
        return shards.stream().anyMatch(InboundShard::isOverloaded);
    }

    @Override
    public String workName() {
        return "receive";
    }

    @Override
    public Stream<Duration> batches() {
        return shards.stream().map(InboundShard::runningFor);
    }

    /** Rejects the messages that wait for a commit; a running commit completes. */
    @PreDestroy
    void close() {
        shards.forEach(InboundShard::close);
    }

    /** @param transaction runs the statements in a transaction */
    private Uni<List<Received>> store(
            List<Traced> messages, Function<Function<Tx, Uni<List<Received>>>, Uni<List<Received>>> transaction) {
        String[] traces = messages.stream().map(Traced::traceParent).toArray(String[]::new);
        Object[] parameters = InboundRows.of(withoutTraces(messages), traces, config, sessionConfig);
        return transaction
                .apply(tx -> tx.sql(InboundRows.RECEIVE, parameters)
                        .map(rows -> read(item -> tx.tracedBy(messages.get(item).traceParent()), rows, messages.size()))
                        .call(received -> optOuts.apply(tx, withoutTraces(messages), received)))
                .invoke(this::count);
    }

    private static List<InboundMessage> withoutTraces(List<Traced> messages) {
        return messages.stream().map(Traced::message).toList();
    }

    /** @param txOfItem the transaction, with the trace of the item's request */
    static List<Received> read(IntFunction<Tx> txOfItem, RowSet<Row> rows, int items) {
        Received[] received = new Received[items];
        for (Row row : rows) {
            int item = row.getLong("item_no").intValue();
            received[item] = new Received(
                    Received.Outcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
                    row.getLong("client_id"),
                    row.getLong("session_id"),
                    row.getLong("message_id"));
            Tx tx = txOfItem.apply(item);
            request(tx, row, row.getLong("task_id"), row.getString("task_type"));
            request(tx, row, row.getLong("media_task_id"), MediaTasks.FETCH.stored());
        }
        return List.of(received);
    }

    private static void request(Tx tx, Row row, Long taskId, String type) {
        if (taskId != null) {
            tx.requested(new RequestedTask(taskId, row.getLong("client_id"), type, null));
        }
    }

    private void count(List<Received> received) {
        received.forEach(one -> counters.get(one.outcome()).increment());
    }

    private static Map<Received.Outcome, Counter> counters(MeterRegistry metrics) {
        Map<Received.Outcome, Counter> counters = new EnumMap<>(Received.Outcome.class);
        for (Received.Outcome outcome : Received.Outcome.values()) {
            String tag = outcome.name().toLowerCase(Locale.ROOT);
            counters.put(outcome, metrics.counter("comuta.messages.received", "outcome", tag));
        }
        return counters;
    }
}
