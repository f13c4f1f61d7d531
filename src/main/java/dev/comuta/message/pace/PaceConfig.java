package dev.comuta.message.pace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of sending that WhatsApp sets. A channel can have its own number of messages per second. */
@ConfigMapping(prefix = "comuta.pace")
public interface PaceConfig {

    /** Messages per second of one WhatsApp number, over all processes. */
    @WithDefault("80")
    int messagesPerSecond();

    /** Interval at which one WhatsApp number may send messages to one person, once the burst is used up. */
    @WithDefault("6s")
    Duration pairInterval();

    /** Messages that one WhatsApp number may send to one person at once. */
    @WithDefault("45")
    int pairBurst();

    /** Time in which a number returns to its whole rate after the provider refused messages that came too fast. */
    @WithDefault("1m")
    Duration recovery();
}
