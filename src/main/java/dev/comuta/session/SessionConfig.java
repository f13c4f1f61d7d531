package dev.comuta.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings for closing idle conversations. */
@ConfigMapping(prefix = "comuta.session")
public interface SessionConfig {

    /** A conversation without a message for this long is closed; the next message opens a new session. */
    @WithDefault("24h")
    Duration idleTime();

    /** Time between two runs of the job that closes idle conversations. */
    @WithDefault("1m")
    Duration idleCheck();
}
