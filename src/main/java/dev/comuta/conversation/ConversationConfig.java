package dev.comuta.conversation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How conversations begin and end. */
@ConfigMapping(prefix = "comuta.conversation")
public interface ConversationConfig {

    /** A session without a message for this long is over: the next message opens a new one. */
    @WithDefault("24h")
    Duration idleTime();
}
