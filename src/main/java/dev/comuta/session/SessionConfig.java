package dev.comuta.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How conversations end. */
@ConfigMapping(prefix = "comuta.session")
public interface SessionConfig {

    /** A conversation without a message for this long is over: the next message opens a new session. */
    @WithDefault("24h")
    Duration idleTime();

    /** How often idle conversations are closed. */
    @WithDefault("1m")
    Duration idleCheck();
}
