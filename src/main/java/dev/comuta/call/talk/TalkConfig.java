package dev.comuta.call.talk;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The assistant on the phone. */
@ConfigMapping(prefix = "comuta.calls.talk")
public interface TalkConfig {

    /** A process that holds the connection of a call and says nothing for this time holds it no longer. */
    @WithDefault("2s")
    Duration lease();

    /** How long an answer is awaited within one request of a provider, without a connection. */
    @WithDefault("3s")
    Duration waitTime();
}
