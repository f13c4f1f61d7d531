package dev.comuta.provider.twilio;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings of requests to Twilio. */
@ConfigMapping(prefix = "comuta.twilio")
public interface TwilioConfig {

    /**
     * Time limit of one request to Twilio, including the connection. A retried send makes two requests, which must both
     * end within {@code comuta.delivery.time-limit}.
     */
    @WithDefault("6s")
    Duration requestTimeLimit();

    /** Scheme, host and port that replace those of Twilio; for tests. */
    Optional<URI> baseUrl();
}
