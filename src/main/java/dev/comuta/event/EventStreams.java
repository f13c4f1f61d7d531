package dev.comuta.event;

import dev.comuta.event.EventSubscriber.StreamPosition;
import dev.comuta.event.EventSubscriber.Subscription;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Workload;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.security.KeyCheck;
import dev.comuta.platform.security.Permission;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Application;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Live events. While there are subscribers, one statement every {@link StreamConfig#interval} reads the events after
 * each subscriber's position, for all tenants; subscribers at the same position share the result. The statement reads
 * settled events only: no running transaction can still write before them, so a subscriber misses none. A subscriber
 * with an unsent batch is skipped. After {@link StreamConfig#stallTimeout} it is disconnected. All state is confined to
 * one event loop.
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

    private static final String HORIZON = "select pg_snapshot_xmin(pg_current_snapshot())::text as tx";
    private static final Logger LOG = Logger.getLogger(EventStreams.class);

    private final Set<EventSubscriber> subscribers = new LinkedHashSet<>();
    private final SubscriberLimit limit;
    private final Transactions transactions;
    private final KeyCheck keys;
    private final StreamConfig config;
    private final Clock clock;
    private final Context context;
    private Instant keysChecked = Instant.MIN;
    private boolean polling;

    EventStreams(
            Transactions transactions,
            KeyCheck keys,
            StreamConfig config,
            Clock clock,
            Vertx vertx,
            MeterRegistry metrics) {
        this.transactions = transactions;
        this.keys = keys;
        this.config = config;
        this.clock = clock;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.limit = new SubscriberLimit(metrics.gauge("comuta.stream.listeners", new AtomicInteger()), config);
    }

    /**
     * A client's events as they are committed. The stream ends when the key of the subscriber is no longer valid, or
     * after {@link StreamConfig#maxDuration}.
     *
     * @param keyId the key of the subscriber; null for the platform's key of the configuration
     * @param after the last event that the subscriber has; null for new events only
     * @param request the stream counts against the limits until this request ends
     * @return parts with one event, or with none as a heartbeat
     * @throws Problem unavailable, when too many streams are open. It is thrown and not emitted, because a stream that
     *     has begun has sent its status already
     */
    Multi<StreamPart> follow(long clientId, Long keyId, EventCursor after, StreamRequest request) {
        Runnable release =
                limit.acquire(clientId).orElseThrow(() -> Problem.unavailable("too many streams are open", null));
        request.onEnd(release);
        return start(clientId, after)
                .onItem()
                .transformToMulti(from -> batches(
                        new Subscription(new StreamPosition(clientId, from), keyId, deadline(), request::disconnect)))
                .onItem()
                .transformToMultiAndConcatenate(parts -> Multi.createFrom().iterable(parts))
                .onTermination()
                .invoke(release);
    }

    /** The given cursor, or the one before every event that is not settled. */
    private Uni<EventCursor> start(long clientId, EventCursor after) {
        return after == null
                ? transactions
                        .statementsInTenant(
                                Workload.API,
                                clientId,
                                tx -> tx.find(HORIZON, row -> Long.valueOf(row.getString("tx"))))
                        .map(horizon -> new EventCursor(horizon, 0))
                : Uni.createFrom().item(after);
    }

    /** Differs between streams, so that listeners that connected together do not reconnect together. */
    private Instant deadline() {
        double tenths = ThreadLocalRandom.current().nextDouble(9, 11);
        return clock.instant().plusMillis((long) (config.maxDuration().toMillis() * tenths / 10));
    }

    private Multi<List<StreamPart>> batches(Subscription subscription) {
        return Multi.createFrom()
                .emitter(
                        emitter -> subscribe(new EventSubscriber(subscription, emitter, clock.instant())),
                        BackPressureStrategy.BUFFER);
    }

    private void subscribe(EventSubscriber subscriber) {
        subscriber.onTermination(() -> context.runOnContext(v -> subscribers.remove(subscriber)));
        context.runOnContext(v -> add(subscriber));
    }

    private void add(EventSubscriber subscriber) {
        subscribers.add(subscriber);
        subscriber.heartbeat(clock.instant());
        if (!polling) {
            polling = true;
            poll();
        }
    }

    private void poll() {
        if (isStopping()) {
            List.copyOf(subscribers).forEach(EventSubscriber::complete);
        }
        Instant now = clock.instant();
        checkKeys(now);
        Map<StreamPosition, List<EventSubscriber>> byPosition = ready(now).stream()
                .collect(Collectors.groupingBy(EventSubscriber::position, LinkedHashMap::new, Collectors.toList()));
        List<StreamPosition> positions = List.copyOf(byPosition.keySet());
        eventsAfter(positions)
                .subscribe()
                .with(
                        events -> context.runOnContext(v -> deliver(positions, byPosition, events)),
                        failure -> context.runOnContext(v -> pollFailed(failure)));
    }

    /** Ends the streams whose key is no longer valid. When the check fails, all of them go on. */
    private void checkKeys(Instant now) {
        Set<Long> keyIds = subscribers.stream()
                .map(EventSubscriber::keyId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        if (keyIds.isEmpty() || keysChecked.plus(config.keyCheckInterval()).isAfter(now)) {
            return;
        }
        keysChecked = now;
        keys.stillAllowed(Permission.EVENTS_FOLLOW, keyIds)
                .subscribe()
                .with(
                        allowed -> context.runOnContext(v -> endOthers(keyIds, allowed)),
                        failure -> LOG.warnf("the keys of live streams were not checked: %s", failure.getMessage()));
    }

    private void endOthers(Set<Long> checked, Set<Long> allowed) {
        List.copyOf(subscribers).stream()
                .filter(subscriber -> checked.contains(subscriber.keyId()) && !allowed.contains(subscriber.keyId()))
                .forEach(EventSubscriber::complete);
    }

    /** A process that stops waits for its requests, so it must complete its streams. */
    private static boolean isStopping() {
        Application process = Application.currentApplication();
        return process == null || !process.isStarted();
    }

    /** The subscribers that request a batch. Disconnects those that have requested none for too long. */
    private List<EventSubscriber> ready(Instant now) {
        List<EventSubscriber> ready = new ArrayList<>();
        for (EventSubscriber subscriber : List.copyOf(subscribers)) {
            if (subscriber.isOver(now)) {
                subscriber.complete();
            } else if (subscriber.isReady(now)) {
                ready.add(subscriber);
            } else if (subscriber.isStuck(now, config.stallTimeout())) {
                subscribers.remove(subscriber);
                subscriber.disconnect();
            }
        }
        return ready;
    }

    /** The events after each position, by the index of the position. */
    private Uni<Map<Integer, List<EventRow>>> eventsAfter(List<StreamPosition> positions) {
        if (positions.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return transactions
                .statementsAsPlatform(PlatformReason.STREAM, tx -> eventsAfter(tx, positions))
                .map(EventStreams::byIndex);
    }

    private Uni<List<Row>> eventsAfter(Tx tx, List<StreamPosition> positions) {
        List<EventCursor> cursors =
                positions.stream().map(StreamPosition::after).toList();
        return tx.list(
                FOLLOWING,
                row -> row,
                positions.stream().map(StreamPosition::clientId).toArray(Long[]::new),
                cursors.stream().map(cursor -> Long.toString(cursor.tx())).toArray(String[]::new),
                cursors.stream().map(EventCursor::eventId).toArray(Long[]::new),
                config.batch());
    }

    private static Map<Integer, List<EventRow>> byIndex(List<Row> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.getLong("no").intValue() - 1,
                        Collectors.mapping(EventRow::of, Collectors.toList())));
    }

    private void deliver(
            List<StreamPosition> positions,
            Map<StreamPosition, List<EventSubscriber>> byPosition,
            Map<Integer, List<EventRow>> found) {
        Instant now = clock.instant();
        found.forEach((index, events) ->
                byPosition.get(positions.get(index)).forEach(subscriber -> subscriber.send(events, now)));
        scheduleNext(now);
    }

    private void pollFailed(Throwable failure) {
        LOG.warnf("events for the live streams were not read: %s", failure.getMessage());
        scheduleNext(clock.instant());
    }

    /** Sends due heartbeats and schedules the next poll while there are subscribers. */
    private void scheduleNext(Instant now) {
        subscribers.stream()
                .filter(subscriber -> subscriber.isReady(now) && subscriber.isQuiet(now, config.heartbeat()))
                .forEach(subscriber -> subscriber.heartbeat(now));
        polling = !subscribers.isEmpty();
        if (polling) {
            context.owner().setTimer(config.interval().toMillis(), timer -> poll());
        }
    }
}
