package dev.comuta.channel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of channels. */
@ConfigMapping(prefix = "comuta.channels")
public interface ChannelConfig {

    /** The provider of a channel that names none. The server does not start when there is no such provider. */
    @WithDefault("Gateway")
    String defaultProvider();

    /** Time limit of the request that asks a provider whether a number belongs to a client. */
    @WithDefault("5s")
    Duration proofTimeLimit();

    /** Time between the activation of a number and the processing of messages that were parked for it. */
    @WithDefault("3s")
    Duration replayDelay();
}
