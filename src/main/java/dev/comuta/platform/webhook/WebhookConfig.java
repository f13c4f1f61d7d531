package dev.comuta.platform.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of the webhooks of all providers together. */
@ConfigMapping(prefix = "comuta.webhooks")
public interface WebhookConfig {

    /** Most deliveries that are stored at the same time; more are rejected with 503. */
    @WithDefault("2000")
    int maxInFlight();

    /** Most bytes of bodies that have arrived and are not stored yet; more are rejected with 503. */
    @WithDefault("33554432")
    long maxInFlightBytes();

    /** Most bytes of one body; a longer one is rejected with 413. */
    @WithDefault("3145728")
    int maxBody();

    /** Time limit of a body; an incomplete one is then rejected with 408, and its connection is closed. */
    @WithDefault("2s")
    Duration bodyTimeLimit();

    /** Time limit of the commit; the provider then gets 503 and delivers again. */
    @WithDefault("900ms")
    Duration commitTimeLimit();
}
