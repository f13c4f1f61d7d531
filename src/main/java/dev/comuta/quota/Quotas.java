package dev.comuta.quota;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.ActivationStatus;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
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
 * Limits that are counted in the database, in the transaction that would go beyond them: so they hold over all processes,
 * and what was not done is not counted. Row-level security shows a client's own rows alone.
 */
@ApplicationScoped
public class Quotas {

    /** Who adds a row waits here for others of the same client, so that two never take the last place. */
    private static final String HOLD = """
            select (Limits ->> $2::text)::bigint as own from Clients where ClientID = $1 for no key update""";

    private static final String SPEND = """
            insert into ClientUsage (ClientID, LimitName, Day, Used)
            select c.ClientID, $2::text, $3::date, 1 from Clients c
            where c.ClientID = $1 and coalesce((c.Limits ->> $2::text)::bigint, $4::bigint) > 0
            on conflict (ClientID, LimitName, Day) do update set Used = ClientUsage.Used + 1
            where ClientUsage.Used < coalesce(
                (select (c.Limits ->> $2::text)::bigint from Clients c where c.ClientID = ClientUsage.ClientID), $4::bigint)
            returning Used""";
    private static final String SPENT =
            "select coalesce(sum(Used), 0) from ClientUsage where ClientID = $1 and LimitName = $2 and Day = $3";

    /** Room is made by removing something, at no known time. */
    private static final Duration SOME_TIME = Duration.ofHours(1);

    /** Where counting for show ends. */
    private static final long MANY = 10_000_000;

    private final Entitlements entitlements;
    private final Map<Limit, String> counts;
    private final Clock clock;

    Quotas(Entitlements entitlements, @All List<QuotaCounter> rows, Clock clock) {
        this.entitlements = entitlements;
        this.counts =
                new EnumMap<>(rows.stream().collect(Collectors.toMap(QuotaCounter::limit, QuotaCounter::statement)));
        this.clock = clock;
    }

    /**
     * To be asked before a row is added. Fails with a problem that names the limit when the client has as many as it may.
     *
     * @param limit one that counts rows
     */
    public Uni<Void> requireRoom(Tx tx, long clientId, Limit limit) {
        return entitlements
                .of(clientId)
                .chain(plan -> tx.sql(HOLD, clientId, limit.word()).map(rows -> own(rows, plan.get(limit))))
                .chain(most -> tx.sql(counts.get(limit), clientId, most)
                        .map(rows -> requireLess(limit, rows.iterator().next().getLong(0), most)));
    }

    /**
     * The same before the status of a row is changed: what comes back from 'Inativo' takes a place again.
     *
     * @param next null for active
     */
    public Uni<Void> requireRoomToReturn(Tx tx, long clientId, Limit limit, String before, String next) {
        boolean returns = ActivationStatus.INACTIVE.equals(before) && !ActivationStatus.INACTIVE.equals(next);
        return returns ? requireRoom(tx, clientId, limit) : Uni.createFrom().voidItem();
    }

    /**
     * Takes one of what a client may have in a day. Fails with a problem that names the limit when nothing is left; what
     * the transaction took is given back when it fails.
     *
     * @param limit one that counts by day
     */
    public Uni<Void> spend(Tx tx, long clientId, Limit limit) {
        return entitlements
                .of(clientId)
                .chain(plan -> tx.sql(SPEND, clientId, limit.word(), today(), plan.get(limit)))
                .map(rows -> requireSpent(limit, rows));
    }

    /** What the client has of a limit that is counted here. */
    Uni<Long> used(Tx tx, long clientId, Limit limit) {
        Uni<RowSet<Row>> counted = counts.containsKey(limit)
                ? tx.sql(counts.get(limit), clientId, MANY)
                : tx.sql(SPENT, clientId, limit.word(), today());
        return counted.map(rows -> rows.iterator().next().getLong(0));
    }

    /** When a new day begins. */
    Instant tomorrow() {
        return today().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static long own(RowSet<Row> rows, long plan) {
        Long own = rows.size() == 0 ? null : rows.iterator().next().getLong(0);
        return own == null ? plan : own;
    }

    private static Void requireLess(Limit limit, long used, long most) {
        if (used >= most) {
            throw Problem.limited(limit.word(), SOME_TIME);
        }
        return null;
    }

    private Void requireSpent(Limit limit, RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw Problem.limited(limit.word(), Duration.between(clock.instant(), tomorrow()));
        }
        return null;
    }
}
