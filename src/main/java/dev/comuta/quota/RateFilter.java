package dev.comuta.quota;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rate.RateBuckets.Rate;
import dev.comuta.platform.rate.RateLimitHeaders;
import dev.comuta.platform.security.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Priorities;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Applies the request rates of clients, and shows them in the response. Requests without a client (of the platform, for
 * sign-in) are not limited here.
 * Webhooks bypass this filter, so a client with too many API requests does not lose messages.
 */
class RateFilter {

    private static final int BEFORE_PERMISSIONS = Priorities.AUTHENTICATION;

    private final SecurityIdentity identity;
    private final Limits limits;
    private final RequestRates rates;
    private final CurrentVertxRequest http;

    RateFilter(SecurityIdentity identity, Limits limits, RequestRates rates, CurrentVertxRequest http) {
        this.identity = identity;
        this.limits = limits;
        this.rates = rates;
        this.http = http;
    }

    @ServerRequestFilter(priority = BEFORE_PERMISSIONS)
    Uni<Void> count() {
        Caller caller = Caller.of(identity);
        return caller.clientId() == null
                ? Uni.createFrom().voidItem()
                : limits.of(caller.clientId()).map(allowed -> take(caller, allowed));
    }

    /** The bucket of the key comes first, so a key with too many requests takes none from the client's other keys. */
    private Void take(Caller caller, Map<Limit, Long> allowed) {
        if (caller.keyId() != null) {
            take(Limit.REQUESTS_PER_MINUTE_AND_KEY, caller.keyId(), allowed);
        }
        take(Limit.REQUESTS_PER_MINUTE, caller.clientId(), allowed);
        return null;
    }

    private void take(Limit limit, long owner, Map<Limit, Long> allowed) {
        Rate rate = rates.take(limit, owner, allowed.get(limit));
        RateLimitHeaders.add(http.getCurrent().response(), limit.apiName(), rate);
        if (!rate.allowed()) {
            throw Problem.limited(limit.apiName(), rate.retryAfter());
        }
    }
}
