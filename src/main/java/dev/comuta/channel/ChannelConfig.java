package dev.comuta.channel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a new channel gets that does not say. */
@ConfigMapping(prefix = "comuta.channels")
public interface ChannelConfig {

    /** Who carries its messages and calls: Gateway, Meta or Twilio. */
    @WithDefault("Gateway")
    String defaultProvider();
}
