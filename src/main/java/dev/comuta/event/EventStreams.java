package dev.comuta.event;

import dev.comuta.event.EventSubscriber.StreamPosition;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Rows;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.problem.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Application;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Live events. While anybody listens, one statement every {@link StreamConfig#interval} asks for what follows each
 * listener's streamPosition, for all tenants; those at the same streamPosition share the answer. Only events below the snapshot's horizon are
 * read: no transaction that is under way can still write before them, so nobody misses one. Who has not sent on what it was
 * handed is left out until it has, and dropped when that takes too long. All state is kept on one event loop.
 */
@ApplicationScoped
class EventStreams {

    private static final String FOLLOWING = "select l.no, " + EventRow.COLUMNS + """
             from unnest($1::bigint[], $2::text[], $3::bigint[]) with ordinality as l(client, tx, id, no)
            cross join lateral (
                select * from Events f
                where f.ClientID = l.client and (f.Tx, f.EventID) > (l.tx::xid8, l.id)
                  and f.Tx < pg_snapshot_xmin(pg_current_snapshot())
                order by f.Tx, f.EventID limit $4) e
            order by l.no, e.Tx, e.EventID""";

    private static final String NOW = "select pg_snapshot_xmin(pg_current_snapshot())::text as tx";
    private static final Duration LONGEST_POLL = Duration.ofSeconds(5);
    private static final Logger LOG = Logger.getLogger(EventStreams.class);

    private final Set<EventSubscriber> listeners = new LinkedHashSet<>();
    private final SubscriberLimit seats;
    private final Transactions transactions;
    private final StreamConfig config;
    private final Clock clock;
    private final Context context;
    private boolean polling;

    EventStreams(Transactions transactions, StreamConfig config, Clock clock, Vertx vertx, MeterRegistry metrics) {
        this.transactions = transactions;
        this.config = config;
        this.clock = clock;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.seats = new SubscriberLimit(metrics.gauge("comuta.stream.listeners", new AtomicInteger()), config);
    }

    /**
     * A client's events as they are committed, without an end.
     *
     * @param after behind which; null for those from now on
     * @param hangUp breaks the connection of a listener who takes nothing any more
     * @return parts of one event, or of none when there is nothing to tell for long; fails as unavailable when too many
     *     listen
     */
    Multi<StreamPart> follow(long clientId, EventCursor after, Runnable hangUp) {
        // at once, because a stream that has begun has no other answer left
        if (!seats.take(clientId)) {
            throw Problem.unavailable("too many streams are open", null);
        }
        return (after == null ? now(clientId) : Uni.createFrom().item(after))
                .onItem()
                .transformToMulti(from -> parts(new StreamPosition(clientId, from), hangUp))
                .onItem()
                .transformToMultiAndConcatenate(parts -> Multi.createFrom().iterable(parts))
                .onTermination()
                .invoke(() -> seats.giveBack(clientId));
    }

    /** Before everything that is not settled yet. */
    private Uni<EventCursor> now(long clientId) {
        return transactions
                .statementsInTenant(clientId, tx -> tx.sql(NOW))
                .map(rows -> new EventCursor(Rows.first(rows, row -> Long.valueOf(row.getString("tx"))), 0));
    }

    private Multi<List<StreamPart>> parts(StreamPosition streamPosition, Runnable hangUp) {
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            EventSubscriber listener =
                                    new EventSubscriber(streamPosition, emitter, hangUp, clock.instant());
                            emitter.onTermination(() -> context.runOnContext(v -> listeners.remove(listener)));
                            context.runOnContext(v -> admit(listener));
                        },
                        BackPressureStrategy.BUFFER);
    }

    private void admit(EventSubscriber listener) {
        listeners.add(listener);
        listener.heartbeat(clock.instant());
        if (!polling) {
            polling = true;
            poll();
        }
    }

    private void poll() {
        if (isStopping()) {
            List.copyOf(listeners).forEach(EventSubscriber::end);
        }
        Instant now = clock.instant();
        Map<StreamPosition, List<EventSubscriber>> waiting = ready(now).stream()
                .collect(Collectors.groupingBy(
                        EventSubscriber::streamPosition, LinkedHashMap::new, Collectors.toList()));
        List<StreamPosition> positions = List.copyOf(waiting.keySet());
        (positions.isEmpty() ? Uni.createFrom().<Map<Integer, List<EventRow>>>item(Map.of()) : following(positions))
                .subscribe()
                .with(
                        found -> context.runOnContext(v -> deliver(positions, waiting, found)),
                        failure -> context.runOnContext(v -> failed(failure)));
    }

    /** A process that stops waits for its requests: streams have no end of their own. */
    private static boolean isStopping() {
        Application process = Application.currentApplication();
        return process == null || !process.isStarted();
    }

    /** Those that wait for more; who has waited for too long to be heard of again is dropped. */
    private List<EventSubscriber> ready(Instant now) {
        List<EventSubscriber> ready = new ArrayList<>();
        for (EventSubscriber listener : List.copyOf(listeners)) {
            if (listener.isReady(now)) {
                ready.add(listener);
            } else if (listener.isStuck(now, config.patience())) {
                listeners.remove(listener);
                listener.drop();
            }
        }
        return ready;
    }

    /** What follows each streamPosition, by its position in the list. */
    private Uni<Map<Integer, List<EventRow>>> following(List<StreamPosition> waiting) {
        return transactions
                .statementsAsPlatform(
                        PlatformReason.STREAM,
                        tx -> tx.sql(
                                FOLLOWING,
                                waiting.stream().map(StreamPosition::clientId).toArray(Long[]::new),
                                waiting.stream()
                                        .map(streamPosition -> Long.toString(
                                                streamPosition.after().tx()))
                                        .toArray(String[]::new),
                                waiting.stream()
                                        .map(streamPosition ->
                                                streamPosition.after().eventId())
                                        .toArray(Long[]::new),
                                config.batch()))
                .ifNoItem()
                .after(LONGEST_POLL)
                .fail()
                .map(EventStreams::byPlace);
    }

    private static Map<Integer, List<EventRow>> byPlace(RowSet<Row> rows) {
        return Rows.stream(rows)
                .collect(Collectors.groupingBy(
                        row -> row.getLong("no").intValue() - 1,
                        Collectors.mapping(EventRow::of, Collectors.toList())));
    }

    private void deliver(
            List<StreamPosition> positions,
            Map<StreamPosition, List<EventSubscriber>> waiting,
            Map<Integer, List<EventRow>> found) {
        Instant now = clock.instant();
        found.forEach((no, events) -> waiting.get(positions.get(no)).forEach(listener -> listener.hand(events, now)));
        again(now);
    }

    private void failed(Throwable failure) {
        LOG.warnf("the event stream was not read: %s", failure.getMessage());
        again(clock.instant());
    }

    private void again(Instant now) {
        listeners.stream()
                .filter(listener -> listener.isReady(now) && listener.isQuiet(now, config.heartbeat()))
                .forEach(listener -> listener.heartbeat(now));
        polling = !listeners.isEmpty();
        if (polling) {
            context.owner().setTimer(config.interval().toMillis(), timer -> poll());
        }
    }
}
