package dev.comuta.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.ContentType;
import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The changes of a message, applied in their order. They are messages themselves, so nothing is lost when a change
 * arrives before its target.
 *
 * @param reactions the latest reaction of each sender to the message or to each of its parts; removed ones are left out
 * @param texts the texts before the last edit, oldest first; empty for a message that was not edited
 * @param content the content with its last text
 * @param editedAt null for a message that was not edited
 * @param revokedAt null for a message that was not revoked
 */
record MessageChanges(
        Content content, List<Reaction> reactions, List<String> texts, Instant editedAt, Instant revokedAt) {

    /** A reaction to a message. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Reaction", description = "A reaction to a message")
    public record Reaction(
            @Schema(description = "The emoji", examples = "👍")
            String emoji,

            @Schema(implementation = SenderType.class, description = "Sender of the reaction")
            String senderType,

            @Schema(description = "When the sender reacted") Instant at) {}

    /**
     * Applies changes to a message. Its text is changed, and it is revoked, by its own sender only.
     *
     * @param senderType the sender of the message
     * @param changes arrays of content type, text, sender, time and the provider's id of the message or of its part, in the
     *     order of the transcript; null for none
     */
    static MessageChanges of(Content content, String senderType, JsonArray changes) {
        if (changes == null) {
            return new MessageChanges(content, List.of(), List.of(), null, null);
        }
        Map<List<String>, Reaction> reactions = new LinkedHashMap<>();
        List<String> texts = new ArrayList<>();
        Content current = content;
        Instant editedAt = null;
        Instant revokedAt = null;
        for (int i = 0; i < changes.size(); i++) {
            JsonArray change = changes.getJsonArray(i);
            String text = change.getString(1);
            String sender = change.getString(2);
            Instant at = OffsetDateTime.parse(change.getString(3)).toInstant();
            ContentType kind = ContentType.of(change.getString(0));
            boolean own = sender.equals(senderType);
            if (kind == ContentType.REACTION) {
                reactions.put(List.of(sender, change.getString(4)), new Reaction(text, sender, at));
            } else if (own && kind == ContentType.EDIT) {
                texts.add(current.readableText());
                current = current.withText(text);
                editedAt = at;
            } else if (own && kind == ContentType.REVOCATION) {
                revokedAt = at;
            }
        }
        List<Reaction> present = reactions.values().stream()
                .filter(reaction -> reaction.emoji() != null)
                .toList();
        return new MessageChanges(current, present, texts, editedAt, revokedAt);
    }
}
