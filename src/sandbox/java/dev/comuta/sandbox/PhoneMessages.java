package dev.comuta.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** The last 20,000 messages of the sandbox's phones. */
final class PhoneMessages {

    private static final int LIMIT = 20_000;

    private final TreeMap<Long, PhoneMessage> messages = new TreeMap<>();
    private long last;

    /** Appends a message to the conversation and returns its id. */
    synchronized long add(String from, String to, String text, Integer status) {
        last++;
        messages.put(last, new PhoneMessage(last, from, to, text, Instant.now(), status));
        if (messages.size() > LIMIT) {
            messages.pollFirstEntry();
        }
        return last;
    }

    /** Records the HTTP status of the server for a message. */
    synchronized void sent(long id, int status) {
        messages.computeIfPresent(
                id,
                (same, message) ->
                        new PhoneMessage(id, message.from(), message.to(), message.message(), message.at(), status));
    }

    /** All messages from or to a number, in order. */
    synchronized List<PhoneMessage> of(String number) {
        return messages.values().stream()
                .filter(message -> message.from().equals(number) || message.to().equals(number))
                .toList();
    }
}
