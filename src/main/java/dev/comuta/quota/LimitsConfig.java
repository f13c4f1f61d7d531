package dev.comuta.quota;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Default limits of a client, used when there are no plans. */
@ConfigMapping(prefix = "comuta.limits")
public interface LimitsConfig {

    /** Requests per minute with any key of one client, counted in each process. */
    @WithDefault("12000")
    @Min(0)
    @Max(Limit.HIGHEST)
    long requestsPerMinute();

    /** Requests per minute with one key, counted in each process. */
    @WithDefault("6000")
    @Min(0)
    @Max(Limit.HIGHEST)
    long requestsPerMinuteAndKey();

    /** Messages that are written through the API in one day (UTC). */
    @WithDefault("100000")
    @Min(0)
    @Max(Limit.HIGHEST)
    long messagesPerDay();

    /** Channels that are not 'Inativo'. */
    @WithDefault("1000")
    @Min(0)
    @Max(Limit.HIGHEST)
    long channels();

    /** Internal users that are not 'Inativo'. */
    @WithDefault("10000")
    @Min(0)
    @Max(Limit.HIGHEST)
    long users();

    /** Valid API keys. */
    @WithDefault("200")
    @Min(0)
    @Max(Limit.HIGHEST)
    long apiKeys();

    /** End users. */
    @WithDefault("1000000")
    @Min(0)
    @Max(Limit.HIGHEST)
    long endUsers();

    /** Bytes of stored files, in megabytes. */
    @WithDefault("51200")
    @Min(0)
    @Max(Limit.HIGHEST)
    long storedMegabytes();

    /** Telephones that are dialled in one day (UTC): calls of the company, and the telephones of call plans. */
    @WithDefault("5000")
    @Min(0)
    @Max(Limit.HIGHEST)
    long callsPerDay();

    /** The same in one hour. */
    @WithDefault("1000")
    @Min(0)
    @Max(Limit.HIGHEST)
    long callsPerHour();

    /** The same at once. */
    @WithDefault("100")
    @Min(0)
    @Max(Limit.HIGHEST)
    long callsAtOnce();

    /** Longest duration of one call of the company, in minutes. */
    @WithDefault("120")
    @Min(0)
    @Max(Limit.HIGHEST)
    long callMinutes();
}
