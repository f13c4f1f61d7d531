package dev.comuta.message;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How messages are carried. */
@ConfigMapping(prefix = "comuta.delivery")
public interface DeliveryConfig {

    /** How long one attempt may take. */
    @WithDefault("15s")
    Duration timeLimit();

    /** How often a message is tried before it counts as failed. */
    @WithDefault("8")
    int attempts();

    /** How long a receipt is waited for when it is not known whether a message was sent. */
    @WithDefault("10m")
    Duration confirmationTime();
}
