package dev.comuta.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** What was said over the sandbox's phones, the last 20,000 messages. */
final class PhoneMessages {

    private static final int LIMIT = 20_000;

    private final TreeMap<Long, PhoneMessage> messages = new TreeMap<>();
    private long last;

    /** Adds a message at the end of the conversation and gives its id. */
    synchronized long add(String from, String to, String text, Integer status) {
        last++;
        messages.put(last, new PhoneMessage(last, from, to, text, Instant.now(), status));
        if (messages.size() > LIMIT) {
            messages.pollFirstEntry();
        }
        return last;
    }

    /** Notes how the server took a message. */
    synchronized void sent(long id, int status) {
        messages.computeIfPresent(
                id,
                (same, message) ->
                        new PhoneMessage(id, message.from(), message.to(), message.message(), message.at(), status));
    }

    /** All that a number said and heard, in order. */
    synchronized List<PhoneMessage> of(String number) {
        return messages.values().stream()
                .filter(message -> message.from().equals(number) || message.to().equals(number))
                .toList();
    }
}
