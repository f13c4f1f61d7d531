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
 * Limits that are counted in the database, in the transaction that would go beyond them: so they hold over all processes,
 * and what was not done is not counted. Row-level security shows a client's own rows alone.
 */
@ApplicationScoped
public class Quotas {

    private static final String SPEND = """
            insert into ClientUsage (ClientID, LimitName, Day, Used)
            select $1::bigint, $2::text, $3::date, 1 where coalesce(comuta_own_limit($1, $2), $4::bigint) > 0
            on conflict (ClientID, LimitName, Day) do update set Used = ClientUsage.Used + 1
            where ClientUsage.Used < coalesce(comuta_own_limit(ClientUsage.ClientID, ClientUsage.LimitName), $4::bigint)
            returning Used""";
    private static final String SPENT =
            "select coalesce(sum(Used), 0) from ClientUsage where ClientID = $1 and LimitName = $2 and Day = $3";

    /** Room is made by removing something, at no known time. */
    private static final Duration SOME_TIME = Duration.ofHours(1);

    /** Where counting for show ends. */
    private static final long MANY = 10_000_000;

    private final Entitlements entitlements;
    private final Map<Limit, String> counts;
    private final ClientStore clients;
    private final Clock clock;

    Quotas(Entitlements entitlements, @All List<QuotaCounter> rows, ClientStore clients, Clock clock) {
        this.entitlements = entitlements;
        this.clients = clients;
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
                .chain(plan ->
                        clients.lockLimit(tx, clientId, limit.word()).map(own -> own == null ? plan.get(limit) : own))
                .chain(most -> tx.find(counts.get(limit), row -> row.getLong(0), clientId, most)
                        .map(used -> requireLess(limit, used, most)));
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
                .chain(plan -> tx.find(SPEND, row -> row.getLong(0), clientId, limit.word(), today(), plan.get(limit)))
                .map(used -> requireSpent(limit, used));
    }

    /** What the client has of a limit that is counted here. */
    Uni<Long> used(Tx tx, long clientId, Limit limit) {
        return counts.containsKey(limit)
                ? tx.find(counts.get(limit), row -> row.getLong(0), clientId, MANY)
                : tx.find(SPENT, row -> row.getLong(0), clientId, limit.word(), today());
    }

    /** When a new day begins. */
    Instant tomorrow() {
        return today().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static Void requireLess(Limit limit, long used, long most) {
        if (used >= most) {
            throw Problem.limited(limit.word(), SOME_TIME);
        }
        return null;
    }

    private Void requireSpent(Limit limit, Long used) {
        if (used == null) {
            throw Problem.limited(limit.word(), Duration.between(clock.instant(), tomorrow()));
        }
        return null;
    }
}
