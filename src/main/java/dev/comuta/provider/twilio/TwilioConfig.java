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

    /** Time between two reconciliations, which store received messages that no webhook delivered. */
    @WithDefault("10m")
    Duration reconciliationInterval();

    /** Age from which on a received message is reconciled: until then its webhook may still arrive. */
    @WithDefault("2m")
    Duration reconciliationDelay();

    /** How far back a reconciliation reaches, after a gap or at its first run; at most 6 days. */
    @WithDefault("24h")
    Duration reconciliationReach();

    /** Pause between two pages of Twilio's list. */
    @WithDefault("500ms")
    Duration reconciliationPause();

    /** Scheme, host and port that replace those of Twilio; for tests. */
    Optional<URI> baseUrl();
}
