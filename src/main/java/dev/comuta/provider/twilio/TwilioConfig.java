package dev.comuta.provider.twilio;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How Twilio is called. */
@ConfigMapping(prefix = "comuta.twilio")
public interface TwilioConfig {

    /**
     * How long Twilio may take to answer one request, connecting included. A repeated send makes two, which together must
     * end before {@code comuta.delivery.time-limit}.
     */
    @WithDefault("6s")
    Duration requestTimeLimit();

    /** Scheme, host and port that take the place of the real ones; for tests. */
    Optional<URI> baseUrl();
}
