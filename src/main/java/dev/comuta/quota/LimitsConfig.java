package dev.comuta.quota;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a client may have as long as no plan says otherwise. */
@ConfigMapping(prefix = "comuta.limits")
public interface LimitsConfig {

    /** Requests a minute of one client, in one process. */
    @WithDefault("12000")
    long requestsPerMinute();

    /** Requests a minute of one key, in one process. */
    @WithDefault("6000")
    long requestsPerMinuteAndKey();

    /** Messages that are written through the API in one day (UTC). */
    @WithDefault("100000")
    long messagesPerDay();

    /** Channels that are not 'Inativo'. */
    @WithDefault("1000")
    long channels();

    /** Internal users that are not 'Inativo'. */
    @WithDefault("10000")
    long users();

    /** Keys in force. */
    @WithDefault("200")
    long apiKeys();

    /** End users. */
    @WithDefault("1000000")
    long endUsers();
}
