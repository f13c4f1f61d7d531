package dev.comuta.platform.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits that the webhooks of all providers share. */
@ConfigMapping(prefix = "comuta.webhooks")
public interface WebhookConfig {

    /** Maximum number of deliveries that are being stored; further ones are rejected with 503. */
    @WithDefault("2000")
    int maxInFlight();

    /** Maximum number of body bytes that have arrived but are not stored yet; beyond it, 503 is returned. */
    @WithDefault("33554432")
    long maxInFlightBytes();

    /** Maximum size of one body in bytes; a longer one is rejected with 413. */
    @WithDefault("3145728")
    int maxBody();

    /** Time limit for receiving a body; an incomplete one is then rejected with 408, and its connection is closed. */
    @WithDefault("2s")
    Duration bodyTimeLimit();

    /** Time limit of the commit; after it the provider gets 503 and redelivers. */
    @WithDefault("900ms")
    Duration commitTimeLimit();
}
