package dev.comuta.quota;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.comuta.platform.openapi.ApiValueSets;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The limits of a client, explained in docs/limits.md. Their names are used in the API and in Clients.Limits. */
@Schema(
        name = "LimitName",
        description = "Name of a limit.",
        extensions = @Extension(name = ApiValueSets.GROWS, value = "true"))
public enum Limit {
    /** Requests to the API by all keys of the client. */
    REQUESTS_PER_MINUTE("requestsPerMinute"),
    /** Requests to the API by one key. */
    REQUESTS_PER_MINUTE_AND_KEY("requestsPerMinuteAndKey"),
    /** Messages written through the API; replies of assistants are not counted. */
    MESSAGES_PER_DAY("messagesPerDay"),
    /** Channels that are not 'Inativo'. */
    CHANNELS("channels"),
    /** Internal users that are not 'Inativo'. */
    USERS("users"),
    /** Valid API keys. */
    API_KEYS("apiKeys"),
    /** End users. A person who writes for the first time becomes an end user even beyond the limit. */
    END_USERS("endUsers"),
    /** Bytes of stored files, in megabytes. The last file may exceed it. */
    STORED_MEGABYTES("storedMegabytes"),
    /** Telephones that were dialled in one day: calls of the company, and the telephones of call plans. */
    CALLS_PER_DAY("callsPerDay"),
    /** The same in the last hour. */
    CALLS_PER_HOUR("callsPerHour"),
    /** The same, of calls that go on. */
    CALLS_AT_ONCE("callsAtOnce"),
    /** Longest duration of one call of the company. */
    CALL_MINUTES("callMinutes");

    /** The highest value of a limit, which a client never reaches, and which the buckets of rates can count. */
    static final long HIGHEST = 1_000_000_000;

    private final String apiName;

    Limit(String apiName) {
        this.apiName = apiName;
    }

    /** The name of the limit in the API. */
    @JsonValue
    public String apiName() {
        return apiName;
    }

    static Optional<Limit> of(String apiName) {
        return Arrays.stream(values())
                .filter(limit -> limit.apiName.equals(apiName))
                .findFirst();
    }
}
