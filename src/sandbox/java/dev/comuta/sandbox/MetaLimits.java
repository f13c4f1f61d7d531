package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The customer service window, the rates of numbers and pairs, and what was refused because of them. */
final class MetaLimits {

    private static final Duration WINDOW = Duration.ofHours(24);
    private static final int MAX_PAIRS = 100_000;

    private final Clock clock;
    private final Map<String, Instant> lastWritten = new ConcurrentHashMap<>();
    /** When the next message would be due, by number and by pair (GCRA). */
    private final Map<String, Instant> due = new ConcurrentHashMap<>();

    private final Map<Integer, Integer> refused = new ConcurrentHashMap<>();
    private volatile MetaRules rules = MetaRules.LENIENT;

    MetaLimits(Clock clock) {
        this.clock = clock;
    }

    MetaRules rules() {
        return rules;
    }

    void rules(MetaRules newRules) {
        rules = newRules;
        due.clear();
    }

    /** How often each code was returned. */
    Map<Integer, Integer> refused() {
        return new TreeMap<>(refused);
    }

    MetaError count(MetaError error) {
        refused.merge(error.code(), 1, Integer::sum);
        return error;
    }

    /** Opens the window of a person, who wrote to the number now. */
    void wrote(String numberId, String person) {
        put(lastWritten, pair(numberId, person), clock.instant());
    }

    /** Closes the window of a person, as 24 hours without a message do. */
    void close(String numberId, String person) {
        put(lastWritten, pair(numberId, person), Instant.EPOCH);
    }

    /** Opens the windows of those who wrote the messages of a webhook's body. */
    void wrote(String body) {
        try {
            for (JsonNode entry : Json.read(body).path("entry")) {
                for (JsonNode change : entry.path("changes")) {
                    wrote(change.path("value"));
                }
            }
        } catch (Json.Malformed notJson) {
            // a body that a test sends on purpose; nobody wrote
        }
    }

    private void wrote(JsonNode value) {
        String number = value.path("metadata").path("phone_number_id").asText();
        for (JsonNode message : value.path("messages")) {
            wrote(number, message.path("from").asText());
        }
    }

    boolean isOpen(String numberId, String person) {
        Instant last = lastWritten.get(pair(numberId, person));
        return last == null ? !rules.window() : last.isAfter(clock.instant().minus(WINDOW));
    }

    /** The error of a message that is sent too soon; null when it may be sent, which counts as sending. */
    MetaError take(String numberId, String person) {
        MetaRules now = rules;
        if (now.perSecond() > 0 && !take("n " + numberId, 1.0 / now.perSecond(), now.perSecond())) {
            return count(new MetaError(
                    MetaError.NUMBER_RATE, "Cloud API message throughput has been reached for this phone number."));
        }
        if (now.pairSeconds() > 0 && !take(pair(numberId, person), now.pairSeconds(), now.pairBurst())) {
            return count(new MetaError(
                    MetaError.PAIR_RATE,
                    "Too many messages were sent from this phone number to the same recipient in a short time."));
        }
        return null;
    }

    private synchronized boolean take(String key, double seconds, int burst) {
        Instant now = clock.instant();
        Duration interval = Duration.ofNanos(Math.round(seconds * 1e9));
        Instant next = due.getOrDefault(key, now);
        Instant base = next.isBefore(now) ? now : next;
        if (base.isAfter(now.plus(interval.multipliedBy(Math.max(0, burst - 1))))) {
            return false;
        }
        put(due, key, base.plus(interval));
        return true;
    }

    private static void put(Map<String, Instant> map, String key, Instant value) {
        if (map.size() > MAX_PAIRS) {
            map.clear();
        }
        map.put(key, value);
    }

    private static String pair(String numberId, String person) {
        return numberId + " " + person.replace("+", "");
    }
}
