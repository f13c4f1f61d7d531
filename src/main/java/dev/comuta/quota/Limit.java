package dev.comuta.quota;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.comuta.platform.openapi.ApiValueSets;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a client may have only so much of. docs/limits.md explains each; the words stand in the API and in Clients.Limits. */
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
    /** Keys in force. */
    API_KEYS("apiKeys"),
    /** End users; one who writes for the first time is taken in beyond it. */
    END_USERS("endUsers");

    private final String word;

    Limit(String word) {
        this.word = word;
    }

    /** By which callers know it. */
    @JsonValue
    public String word() {
        return word;
    }

    static Optional<Limit> of(String word) {
        return Arrays.stream(values()).filter(limit -> limit.word.equals(word)).findFirst();
    }
}
