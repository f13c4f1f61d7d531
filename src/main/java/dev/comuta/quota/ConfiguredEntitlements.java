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
        this.limits = Map.of(
                Limit.REQUESTS_PER_MINUTE, config.requestsPerMinute(),
                Limit.REQUESTS_PER_MINUTE_AND_KEY, config.requestsPerMinuteAndKey(),
                Limit.MESSAGES_PER_DAY, config.messagesPerDay(),
                Limit.CHANNELS, config.channels(),
                Limit.USERS, config.users(),
                Limit.API_KEYS, config.apiKeys(),
                Limit.END_USERS, config.endUsers(),
                Limit.STORED_MEGABYTES, config.storedMegabytes());
    }

    @Override
    public Uni<Map<Limit, Long>> of(long clientId) {
        return Uni.createFrom().item(limits);
    }
}
