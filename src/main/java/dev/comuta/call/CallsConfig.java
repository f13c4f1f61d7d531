package dev.comuta.call;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;

/** Calls: when the company may call, and how often providers are asked about calls. */
@ConfigMapping(prefix = "comuta.calls")
public interface CallsConfig {

    /** The provider is asked about a call that goes on and of which no news arrived for this time. */
    @WithDefault("30s")
    Duration checkAfter();

    /** How often due questions are looked for. */
    @WithDefault("2s")
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

    /** Time from a request to dial that got no response to the search for its call, which the provider may begin late. */
    @WithDefault("10s")
    Duration searchAfter();

    /** How long a telephone rings when a request to call sets no time. */
    @WithDefault("30s")
    Duration ringTime();

    /** Countries that clients may call, as CLDR codes; the platform may set others for a client. */
    @WithDefault("BR")
    Set<String> countries();

    /** Start of the hours in which the company may call, in the time zone of the called person. */
    @WithDefault("08:00")
    @Pattern(regexp = "([01]\\d|2[0-3]):[0-5]\\d", message = "must be hours and minutes such as 08:00")
    String callFrom();

    /** End of the hours in which the company may call. */
    @WithDefault("21:00")
    @Pattern(regexp = "([01]\\d|2[0-3]):[0-5]\\d|24:00", message = "must be hours and minutes such as 21:00")
    String callUntil();

    /** Time zone of people whose numbers do not tell it, when the channel has no business hours. */
    @WithDefault("America/Sao_Paulo")
    ZoneId timeZone();
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
