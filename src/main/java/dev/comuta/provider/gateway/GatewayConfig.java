package dev.comuta.provider.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How gateways are answered and called. */
@ConfigMapping(prefix = "comuta.gateway")
public interface GatewayConfig {

    /** A webhook that is not stored by then is answered with 503; the sender will try again. */
    @WithDefault("900ms")
    Duration webhookTimeLimit();

    /** How long the receiver of an outgoing message may take to answer. */
    @WithDefault("10s")
    Duration sendTimeLimit();
}
