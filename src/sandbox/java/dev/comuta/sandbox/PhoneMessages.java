package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The last 20,000 messages of the sandbox's phones. */
final class PhoneMessages {

    private static final int LIMIT = 20_000;

    private final TreeMap<Long, PhoneMessage> messages = new TreeMap<>();
    private final Map<String, Long> idsByProvider = new HashMap<>();
    private long last;

    /** Appends a message to the conversation and returns its id. */
    synchronized long add(PhoneMessage message) {
        last++;
        messages.put(last, message.withId(last));
        if (message.providerId() != null) {
            idsByProvider.put(message.providerId(), last);
        }
        if (messages.size() > LIMIT) {
            String dropped = messages.pollFirstEntry().getValue().providerId();
            idsByProvider.remove(dropped == null ? "" : dropped);
        }
        return last;
    }

    /** Appends a message of a company, which a provider accepted. */
    long received(PhoneMessage message) {
        return add(message.withStatus(200, null));
    }

    /** Changes a message; no effect when it is gone. */
    synchronized void change(long id, UnaryOperator<PhoneMessage> change) {
        messages.computeIfPresent(id, (same, message) -> change.apply(message));
    }

    synchronized Optional<PhoneMessage> find(Long id) {
        return id == null ? Optional.empty() : Optional.ofNullable(messages.get(id));
    }

    /** The message with this id of a provider. */
    synchronized Optional<PhoneMessage> findByProvider(String providerId) {
        return find(idsByProvider.get(providerId));
    }

    /** The id of the message with this id of a provider; null when there is none. */
    Long idOf(String providerId) {
        return findByProvider(providerId).map(PhoneMessage::id).orElse(null);
    }

    /** Adds a company's reaction to the message that it names, or removes it. */
    void react(JsonNode content, String who) {
        findByProvider(content.path("target").asText())
                .ifPresent(target -> change(
                        target.id(),
                        message ->
                                message.withReaction(who, content.path("emoji").asText())));
    }

    /** All messages from or to a number, in order. */
    synchronized List<PhoneMessage> of(String number) {
        return messages.values().stream()
                .filter(message -> message.from().equals(number) || message.to().equals(number))
                .toList();
    }
}
