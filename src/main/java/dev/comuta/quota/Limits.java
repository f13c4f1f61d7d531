package dev.comuta.quota;

import dev.comuta.client.ClientTerms;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Workload;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The limits of a client: those of its plan, overridden by its individual limits. */
@ApplicationScoped
class Limits {

    private final Entitlements entitlements;
    private final ClientTerms terms;
    private final Quotas quotas;
    private final RequestRates rates;
    private final Transactions transactions;

    Limits(Entitlements entitlements, ClientTerms terms, Quotas quotas, RequestRates rates, Transactions transactions) {
        this.entitlements = entitlements;
        this.terms = terms;
        this.quotas = quotas;
        this.rates = rates;
        this.transactions = transactions;
    }

    /** The client's effective value of every limit; may be a few seconds old. */
    Uni<Map<Limit, Long>> of(long clientId) {
        return entitlements.of(clientId).chain(plan -> terms.terms(clientId)
                .map(individual -> merged(plan, individual)));
    }

    /** Every limit with its usage. A limit per key shows the usage of the caller's key. */
    Uni<LimitsView> show(long clientId, Caller caller) {
        return of(clientId).chain(allowed -> transactions
                .statementsInTenant(Workload.API, clientId, tx -> countUsage(tx, clientId))
                .map(used -> view(clientId, caller, allowed, used)));
    }

    /** Replaces the individual limits of a client. A limit that is left out returns to the plan's value. */
    Uni<Void> setIndividual(long clientId, Map<String, Long> limits) {
        require(limits);
        return terms.limit(clientId, limits);
    }

    /** Fails with a problem that names a limit that is unknown or has no possible value. */
    static void require(Map<String, Long> limits) {
        limits.forEach((name, maximum) -> {
            if (Limit.of(name).isEmpty()) {
                throw Problem.invalid("limits." + name, "unknown limit");
            }
            if (maximum == null || maximum < 0 || maximum > Limit.HIGHEST) {
                throw Problem.invalid("limits." + name, "must be a number from 0 to " + Limit.HIGHEST);
            }
        });
    }

    private static Map<Limit, Long> merged(Map<Limit, Long> plan, ClientTerms.Terms individual) {
        Map<Limit, Long> merged = new EnumMap<>(plan);
        individual.limits().forEach((name, maximum) -> Limit.of(name).ifPresent(limit -> merged.put(limit, maximum)));
        return merged;
    }

    private Uni<Map<Limit, Long>> countUsage(Tx tx, long clientId) {
        Uni<Map<Limit, Long>> all = Uni.createFrom().item(new EnumMap<>(Limit.class));
        for (Limit limit : Limit.values()) {
            if (!isRate(limit)) {
                all = all.call(used -> quotas.used(tx, clientId, limit).invoke(count -> used.put(limit, count)));
            }
        }
        return all;
    }

    private static boolean isRate(Limit limit) {
        return limit == Limit.REQUESTS_PER_MINUTE || limit == Limit.REQUESTS_PER_MINUTE_AND_KEY;
    }

    private LimitsView view(long clientId, Caller caller, Map<Limit, Long> allowed, Map<Limit, Long> used) {
        List<LimitsView.LimitView> views = Stream.of(Limit.values())
                .map(limit -> isRate(limit)
                        ? rate(
                                limit,
                                limit == Limit.REQUESTS_PER_MINUTE ? Long.valueOf(clientId) : caller.keyId(),
                                allowed.get(limit))
                        : new LimitsView.LimitView(limit.apiName(), allowed.get(limit), used.get(limit), reset(limit)))
                .toList();
        return new LimitsView(views);
    }

    private LimitsView.LimitView rate(Limit limit, Long owner, long maximum) {
        RequestRates.Used used = owner == null ? new RequestRates.Used(0, null) : rates.used(limit, owner, maximum);
        return new LimitsView.LimitView(limit.apiName(), maximum, used.used(), used.resetAt());
    }

    private Instant reset(Limit limit) {
        return limit == Limit.MESSAGES_PER_DAY || limit == Limit.CALLS_PER_DAY ? quotas.tomorrow() : null;
    }
}
