package dev.comuta.quota;

import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Entitlements when there are no plans: every client has the limits of {@link LimitsConfig}. */
@DefaultBean
@ApplicationScoped
class ConfiguredEntitlements implements Entitlements {

    private final Map<Limit, Long> limits;

    ConfiguredEntitlements(LimitsConfig config) {
        this.limits = Map.ofEntries(
                Map.entry(Limit.REQUESTS_PER_MINUTE, config.requestsPerMinute()),
                Map.entry(Limit.REQUESTS_PER_MINUTE_AND_KEY, config.requestsPerMinuteAndKey()),
                Map.entry(Limit.MESSAGES_PER_DAY, config.messagesPerDay()),
                Map.entry(Limit.CHANNELS, config.channels()),
                Map.entry(Limit.USERS, config.users()),
                Map.entry(Limit.API_KEYS, config.apiKeys()),
                Map.entry(Limit.END_USERS, config.endUsers()),
                Map.entry(Limit.STORED_MEGABYTES, config.storedMegabytes()),
                Map.entry(Limit.CALLS_PER_DAY, config.callsPerDay()),
                Map.entry(Limit.CALLS_PER_HOUR, config.callsPerHour()),
                Map.entry(Limit.CALLS_AT_ONCE, config.callsAtOnce()),
                Map.entry(Limit.CALL_MINUTES, config.callMinutes()));
    }

    @Override
    public Uni<Map<Limit, Long>> of(long clientId) {
        return Uni.createFrom().item(limits);
    }
}
