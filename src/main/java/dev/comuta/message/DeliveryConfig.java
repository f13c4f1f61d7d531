package dev.comuta.message;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings for sending messages. */
@ConfigMapping(prefix = "comuta.delivery")
public interface DeliveryConfig {

    /**
     * Time limit of one attempt to send a message. The server starts only when it exceeds the longest request to a
     * provider and {@code comuta.delivery.read-time-limit} together.
     */
    @WithDefault("15s")
    Duration timeLimit();

    /** Time limit for reading the message from the database before it is sent. */
    @WithDefault("2s")
    Duration readTimeLimit();

    /** Number of attempts to send a message before it fails. */
    @WithDefault("8")
    int attempts();

    /** Time to wait for a status report when it is unknown whether a message was sent. */
    @WithDefault("10m")
    Duration confirmationTime();
}
