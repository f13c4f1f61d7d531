package dev.comuta.channel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a new channel gets that does not say. */
@ConfigMapping(prefix = "comuta.channels")
public interface ChannelConfig {

    /** The provider of a channel that names none. The server does not start with a word that no provider has. */
    @WithDefault("Gateway")
    String defaultProvider();

    /** How long a provider may take to say whose a number is. */
    @WithDefault("5s")
    Duration proofTimeLimit();

    /** How long after a number became active the messages that were parked for it are taken in. */
    @WithDefault("3s")
    Duration replayDelay();
}
