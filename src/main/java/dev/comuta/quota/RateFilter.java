package dev.comuta.quota;

import dev.comuta.platform.security.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Priorities;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Applies the request rates of clients. Requests without a client (of the platform, for sign-in) are not limited.
 * Webhooks bypass this filter, so a client with too many API requests does not lose messages.
 */
class RateFilter {

    private static final int BEFORE_PERMISSIONS = Priorities.AUTHENTICATION;

    private final SecurityIdentity identity;
    private final Limits limits;
    private final RequestRates rates;

    RateFilter(SecurityIdentity identity, Limits limits, RequestRates rates) {
        this.identity = identity;
        this.limits = limits;
        this.rates = rates;
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
            rates.take(
                    Limit.REQUESTS_PER_MINUTE_AND_KEY, caller.keyId(), allowed.get(Limit.REQUESTS_PER_MINUTE_AND_KEY));
        }
        rates.take(Limit.REQUESTS_PER_MINUTE, caller.clientId(), allowed.get(Limit.REQUESTS_PER_MINUTE));
        return null;
    }
}
