package dev.comuta.call;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Calls: how often providers are asked about them. */
@ConfigMapping(prefix = "comuta.calls")
public interface CallsConfig {

    /** The provider is asked about a call that goes on and of which no news arrived for this time. */
    @WithDefault("30s")
    Duration checkAfter();

    /** How often due questions are looked for. */
    @WithDefault("5s")
    Duration checkInterval();

    /** The longest time between two questions about one call, which grows while the provider does not answer. */
    @WithDefault("10m")
    Duration maxCheckAfter();

    /** The provider is asked once more for duration and price of an ended call that lacks them, after this time. */
    @WithDefault("5m")
    Duration detailsAfter();

    /** Time limit of one attempt to dial, and of one question about a call. */
    @WithDefault("40s")
    Duration timeLimit();

    /** Attempts to dial before a call fails. */
    @WithDefault("5")
    int attempts();

    /** How long a telephone rings when a request to call sets no time. */
    @WithDefault("30s")
    Duration ringTime();

    /** Time after the end of a call until it counts as missed, because news of somebody who took it may arrive late. */
    @WithDefault("10s")
    Duration missedAfter();

    /** Time within which a person gets no second message about a missed call. */
    @WithDefault("1h")
    Duration followUpPause();

    /** Days after which the provider's copy of a recording that was fetched is deleted there; 0 keeps it. */
    @WithDefault("30")
    @Min(0)
    int originalDays();
}
