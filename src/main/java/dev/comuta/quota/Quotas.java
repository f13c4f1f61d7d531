package dev.comuta.quota;

import dev.comuta.client.ClientStore;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.ActivationStatus;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Limits that are counted in the database, in the transaction that adds to them. So they apply across all processes,
 * and rolled-back work is not counted. Row-level security limits each count to the rows of the client.
 */
@ApplicationScoped
public class Quotas {

    private static final String SPEND = """
            insert into ClientUsage (ClientID, LimitName, Day, Used)
            select $1::bigint, $2::text, (now() at time zone 'UTC')::date, 1
            where coalesce(comuta_own_limit($1, $2), $3::bigint) > 0
            on conflict (ClientID, LimitName, Day) do update set Used = ClientUsage.Used + 1
            where ClientUsage.Used < coalesce(comuta_own_limit(ClientUsage.ClientID, ClientUsage.LimitName), $3::bigint)
            returning Used""";
    private static final String SPENT = """
            select coalesce(sum(Used), 0) from ClientUsage
            where ClientID = $1 and LimitName = $2 and Day = (now() at time zone 'UTC')::date""";

    /** Retry delay of a limit on stored rows: only removing a row makes room, at an unknown time. */
    private static final Duration ROW_LIMIT_RETRY_DELAY = Duration.ofHours(1);

    /** Rows that a client may have left for concurrent transactions to add more without waiting for each other. */
    private static final long UNLOCKED_ROOM = 1_000;

    /** Retry delay of a limit on calls that go on. */
    private static final Duration CALL_RETRY_DELAY = Duration.ofMinutes(1);

    /** Maximum of a count that is only displayed. */
    private static final long MAX_DISPLAYED_COUNT = 10_000_000;

    private final Entitlements entitlements;
    private final Map<Limit, String> counts;
    private final ClientStore clients;
    private final Clock clock;

    Quotas(Entitlements entitlements, @All List<QuotaCounter> counters, ClientStore clients, Clock clock) {
        this.entitlements = entitlements;
        this.clients = clients;
        this.counts = new EnumMap<>(
                counters.stream().collect(Collectors.toMap(QuotaCounter::limit, QuotaCounter::statement)));
        this.clock = clock;
    }

    /**
     * Call this before adding a row. Fails with a problem that names the limit when the client has reached it. Only near
     * its limit a client adds one row at a time, so that of concurrent transactions only one uses the last unit; more
     * than {@link #UNLOCKED_ROOM} transactions do not run at once.
     *
     * @param limit a limit on stored rows
     */
    public Uni<Void> requireRoom(Tx tx, long clientId, Limit limit) {
        return clients.findLimit(tx, clientId, limit.apiName())
                .chain(individual -> room(tx, clientId, limit, individual))
                .chain(room -> isFarAway(limit, room) ? Uni.createFrom().voidItem() : lockRoom(tx, clientId, limit));
    }

    /** One file may use a hundred megabytes, one row of another limit uses one unit. */
    private static boolean isFarAway(Limit limit, long room) {
        return limit != Limit.STORED_MEGABYTES && room >= UNLOCKED_ROOM;
    }

    private Uni<Void> lockRoom(Tx tx, long clientId, Limit limit) {
        return clients.lockLimit(tx, clientId, limit.apiName())
                .chain(individual -> room(tx, clientId, limit, individual))
                .map(room -> requireAny(limit, room));
    }

    /** The value of a limit of a client. */
    public Uni<Long> maximum(Tx tx, long clientId, Limit limit) {
        return clients.findLimit(tx, clientId, limit.apiName())
                .chain(individual -> maximum(clientId, limit, individual));
    }

    private Uni<Long> maximum(long clientId, Limit limit, Long individual) {
        return entitlements.of(clientId).map(plan -> individual == null ? plan.get(limit) : individual);
    }

    /** How many rows the client may add, as far as transactions have committed. */
    private Uni<Long> room(Tx tx, long clientId, Limit limit, Long individual) {
        return maximum(clientId, limit, individual)
                .chain(maximum -> tx.find(counts.get(limit), row -> maximum - row.getLong(0), clientId, maximum));
    }

    /**
     * Call this before changing the status of a row. A row that leaves 'Inativo' is counted, so this fails like
     * {@link #requireRoom}.
     *
     * @param next null means active
     */
    public Uni<Void> requireRoomToReturn(Tx tx, long clientId, Limit limit, String before, String next) {
        boolean reactivated = ActivationStatus.INACTIVE.equals(before) && !ActivationStatus.INACTIVE.equals(next);
        return reactivated ? requireRoom(tx, clientId, limit) : Uni.createFrom().voidItem();
    }

    /**
     * Adds one to the usage of a daily limit. Fails with a problem that names the limit when the limit is reached. A
     * rolled-back transaction is not counted.
     *
     * @param limit a daily limit
     */
    public Uni<Void> spend(Tx tx, long clientId, Limit limit) {
        return entitlements
                .of(clientId)
                .chain(plan -> tx.find(SPEND, row -> row.getLong(0), clientId, limit.apiName(), plan.get(limit)))
                .map(used -> requireSpent(limit, used));
    }

    /** The usage of a limit that is counted in the database. */
    Uni<Long> used(Tx tx, long clientId, Limit limit) {
        return counts.containsKey(limit)
                ? tx.find(counts.get(limit), row -> row.getLong(0), clientId, MAX_DISPLAYED_COUNT)
                : tx.find(SPENT, row -> row.getLong(0), clientId, limit.apiName());
    }

    /** The start of the next day (UTC), when daily limits are reset. */
    Instant tomorrow() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                .plusDays(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    private Void requireAny(Limit limit, long room) {
        if (room <= 0) {
            throw Problem.limited(limit.apiName(), retryDelay(limit));
        }
        return null;
    }

    private Duration retryDelay(Limit limit) {
        return switch (limit) {
            case CALLS_PER_DAY -> Duration.between(clock.instant(), tomorrow());
            case CALLS_AT_ONCE -> CALL_RETRY_DELAY;
            default -> ROW_LIMIT_RETRY_DELAY;
        };
    }

    private Void requireSpent(Limit limit, Long used) {
        if (used == null) {
            throw Problem.limited(limit.apiName(), Duration.between(clock.instant(), tomorrow()));
        }
        return null;
    }
}
