package dev.comuta.provider.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How gateways are called. */
@ConfigMapping(prefix = "comuta.gateway")
public interface GatewayConfig {

    /** How long the receiver of an outgoing message may take to answer. */
    @WithDefault("10s")
    Duration sendTimeLimit();
}
