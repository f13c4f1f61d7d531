package dev.comuta.channel;

import dev.comuta.platform.json.Times;
import dev.comuta.platform.problem.Problem;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Former secrets among the credentials of a channel, which also sign webhooks during a rotation: they end, as a replaced
 * webhook secret does. Their end is stored with them.
 */
final class FormerSecrets {

    /** The name of the end among the credentials. */
    static final String UNTIL = "previousUntil";

    private static final String FIELD = "credentials." + UNTIL;
    private static final Duration USUAL = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    private FormerSecrets() {}

    /**
     * The credentials with the end of their former secrets: the given one, the stored one for unchanged secrets, or one
     * day from now. Fails with a problem when the given one is no time, or is too far away.
     *
     * @param stored may be null, like the next ones
     */
    static Map<String, Object> withEnd(
            Provider provider, Map<String, Object> stored, Map<String, Object> next, Instant now) {
        if (next == null || provider.former().isEmpty()) {
            return next;
        }
        Map<String, Object> before = stored == null ? Map.of() : stored;
        Map<String, Object> ending = new HashMap<>(next);
        ending.remove(UNTIL);
        if (provider.former().stream().anyMatch(name -> next.get(name) != null)) {
            ending.put(UNTIL, end(provider, before, next, now).toString());
        }
        return ending;
    }

    private static Instant end(Provider provider, Map<String, Object> before, Map<String, Object> next, Instant now) {
        Object given = next.get(UNTIL);
        boolean isStored = given != null && given.equals(before.get(UNTIL));
        boolean isChanged =
                provider.former().stream().anyMatch(name -> !Objects.equals(before.get(name), next.get(name)));
        if (given == null || (isStored && isChanged)) {
            return now.plus(USUAL);
        }
        Instant end = Times.parseOptional(FIELD, String.valueOf(given));
        if (!isStored && end.isAfter(now.plus(LONGEST))) {
            throw Problem.invalid(FIELD, "must be at most 30 days from now");
        }
        return end;
    }

    /** The credentials without former secrets that have ended or have no end. */
    static JsonObject valid(Provider provider, JsonObject credentials, Instant now) {
        if (credentials == null || provider.former().isEmpty() || isValid(credentials, now)) {
            return credentials;
        }
        JsonObject valid = credentials.copy();
        provider.former().forEach(valid::remove);
        return valid;
    }

    private static boolean isValid(JsonObject credentials, Instant now) {
        String until = credentials.getString(UNTIL);
        return until != null && Instant.parse(until).isAfter(now);
    }
}
