package dev.comuta.platform.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much of what providers deliver may be under way at a time; more is refused with 503 before it is read. */
@ConfigMapping(prefix = "comuta.webhooks")
public interface WebhookConfig {

    /** Deliveries. */
    @WithDefault("2000")
    int maxInFlight();

    /** Bytes of their bodies. */
    @WithDefault("33554432")
    long maxInFlightBytes();

    /** Bytes of a body that is let in; longer ones take the way of all other requests. */
    @WithDefault("1048576")
    int maxBody();
}
