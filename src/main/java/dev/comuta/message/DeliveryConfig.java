package dev.comuta.message;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings for sending messages. */
@ConfigMapping(prefix = "comuta.delivery")
public interface DeliveryConfig {

    /** Time limit of one attempt to send a message. */
    @WithDefault("15s")
    Duration timeLimit();

    /** Number of attempts to send a message before it fails. */
    @WithDefault("8")
    int attempts();

    /** Time to wait for a status report when it is unknown whether a message was sent. */
    @WithDefault("10m")
    Duration confirmationTime();
}
