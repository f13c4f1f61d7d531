package dev.comuta.channel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a new channel gets that does not say. */
@ConfigMapping(prefix = "comuta.channels")
public interface ChannelConfig {

    /** Who carries its messages and calls: Gateway, Meta or Twilio. */
    @WithDefault("Gateway")
    String defaultProvider();

    /** How long a provider may take to say whose a number is. */
    @WithDefault("5s")
    Duration proofTimeLimit();

    /** How long after a number became active the messages that were parked for it are taken in. */
    @WithDefault("3s")
    Duration replayDelay();
}
