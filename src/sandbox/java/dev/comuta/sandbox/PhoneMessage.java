package dev.comuta.sandbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * One message of the phone page.
 *
 * @param id increases in the order of the conversation
 * @param message the text or caption; may be empty
 * @param status HTTP status of the server for a message of the end user: 0 when the server was unreachable, null until
 *     it answers; 200 for a reply
 * @param error what the server says about a message that it refused; null for none
 * @param content everything but a text, in the form of {@link PhoneContent}; null for a text
 * @param providerId the provider's id of the message
 * @param replyTo id of the message that it answers; null for none
 * @param progress the last status that the phone reported to the company, or the company to the phone; null for none
 * @param reactions emoji by the number of who reacted
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PhoneMessage(
        long id,
        String from,
        String to,
        String message,
        Instant at,
        Integer status,
        String error,
        JsonNode content,
        String providerId,
        Long replyTo,
        Progress progress,
        Map<String, String> reactions) {

    /** How far a message has come. It never goes back. */
    public enum Progress {
        SENT,
        DELIVERED,
        READ,
        FAILED;

        /** Its name at the providers. */
        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A message that is not stored yet. */
    static PhoneMessage draft(String from, String to, String text, JsonNode content, String providerId, Long replyTo) {
        return new PhoneMessage(
                0, from, to, text, Instant.now(), null, null, content, providerId, replyTo, null, Map.of());
    }

    PhoneMessage withId(long newId) {
        return new PhoneMessage(
                newId, from, to, message, at, status, error, content, providerId, replyTo, progress, reactions);
    }

    PhoneMessage withStatus(Integer newStatus, String newError) {
        return new PhoneMessage(
                id, from, to, message, at, newStatus, newError, content, providerId, replyTo, progress, reactions);
    }

    PhoneMessage withContent(JsonNode newContent) {
        return new PhoneMessage(
                id, from, to, message, at, status, error, newContent, providerId, replyTo, progress, reactions);
    }

    PhoneMessage withProgress(Progress reached) {
        Progress furthest = progress != null && progress.compareTo(reached) > 0 ? progress : reached;
        return new PhoneMessage(
                id, from, to, message, at, status, error, content, providerId, replyTo, furthest, reactions);
    }

    PhoneMessage withReaction(String who, String emoji) {
        Map<String, String> all = new TreeMap<>(reactions);
        if (emoji == null || emoji.isEmpty()) {
            all.remove(who);
        } else {
            all.put(who, emoji);
        }
        return new PhoneMessage(
                id, from, to, message, at, status, error, content, providerId, replyTo, progress, Map.copyOf(all));
    }
}
