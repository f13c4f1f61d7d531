package dev.comuta.provider.twilio.relay;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Connections of calls with assistants (Twilio ConversationRelay). */
@ConfigMapping(prefix = "comuta.relay")
public interface RelayConfig {

    /** Connections of one process at once; a further one is refused with 503. */
    @WithDefault("500")
    @Min(1)
    int connections();

    /** How often replies are looked for, with one statement for all connections of a process. */
    @WithDefault("100ms")
    Duration poll();

    /** A connection on which Twilio does not begin within this time is closed. */
    @WithDefault("5s")
    Duration setupLimit();

    /** For how long the words of a caller are tried to be stored. */
    @WithDefault("5s")
    Duration storeLimit();

    /** Words of one connection that wait to be stored; with more, the connection is not read. */
    @WithDefault("50")
    @Min(1)
    int waiting();

    /** A connection on which so many unreadable frames arrived is closed. */
    @WithDefault("10")
    @Min(1)
    int unreadable();

    /** How long a stopping process waits until its connections are closed. */
    @WithDefault("3s")
    Duration stopLimit();
}
