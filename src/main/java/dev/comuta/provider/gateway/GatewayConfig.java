package dev.comuta.provider.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of requests to gateways. */
@ConfigMapping(prefix = "comuta.gateway")
public interface GatewayConfig {

    /** Time limit of the request that sends a message to a gateway. */
    @WithDefault("10s")
    Duration sendTimeLimit();
}
