package dev.comuta.message.content;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.core.json.JsonObject;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;

/**
 * Content that changes an earlier message, its target. The row of the target stays as it is: a reader applies the
 * changes ({@code MessageChanges}).
 */
public sealed interface MessageChange extends Content {

    /** The provider's id of the changed message; null when the provider does not report it. */
    String target();

    @Override
    default boolean asksForAnswer() {
        return false;
    }

    /** A reaction to an earlier message. */
    @JsonIgnoreProperties(value = Content.TYPE, allowGetters = true)
    @Schema(
            name = "ReactionContent",
            description = "A reaction to an earlier message",
            properties =
                    @SchemaProperty(
                            name = Content.TYPE,
                            type = SchemaType.STRING,
                            description = "Kind of content",
                            enumeration = "Reação"),
            requiredProperties = {Content.TYPE, "target"})
    record Reaction(
            @Schema(
                    description = "The provider's id of the message that the reaction is for; null when not known",
                    nullable = true,
                    examples = "wamid.HBgN")
            String target,

            @Schema(description = "The emoji; null when the sender removed it", nullable = true, examples = "👍")
            String emoji)
            implements MessageChange {

        /** An empty emoji removes the reaction as null does. */
        public Reaction {
            emoji = emoji == null || emoji.isEmpty() ? null : emoji;
        }

        @Override
        @JsonProperty(Content.TYPE)
        public String contentType() {
            return ContentType.REACTION.stored();
        }

        @Override
        public String readableText() {
            return emoji;
        }

        @Override
        public JsonObject data() {
            return ContentColumns.data("target", target);
        }
    }

    /** A new text for an earlier message. */
    @JsonIgnoreProperties(value = Content.TYPE, allowGetters = true)
    @Schema(
            name = "EditContent",
            description = "A new text for an earlier message",
            properties =
                    @SchemaProperty(
                            name = Content.TYPE,
                            type = SchemaType.STRING,
                            description = "Kind of content",
                            enumeration = "Edição"),
            requiredProperties = {Content.TYPE, "target", "text"})
    record Edit(
            @Schema(
                    description = "The provider's id of the edited message; null when not known",
                    nullable = true,
                    examples = "wamid.HBgN")
            String target,

            @Schema(description = "The new text; null after it was erased", nullable = true)
            String text)
            implements MessageChange {

        @Override
        @JsonProperty(Content.TYPE)
        public String contentType() {
            return ContentType.EDIT.stored();
        }

        @Override
        public String readableText() {
            return text;
        }

        @Override
        public JsonObject data() {
            return ContentColumns.data("target", target);
        }
    }

    /** The sender revoked an earlier message. */
    @JsonIgnoreProperties(value = Content.TYPE, allowGetters = true)
    @Schema(
            name = "RevocationContent",
            description = "The sender revoked an earlier message",
            properties =
                    @SchemaProperty(
                            name = Content.TYPE,
                            type = SchemaType.STRING,
                            description = "Kind of content",
                            enumeration = "Revogação"),
            requiredProperties = {Content.TYPE, "target"})
    record Revocation(
            @Schema(
                    description = "The provider's id of the revoked message; null when not known",
                    nullable = true,
                    examples = "wamid.HBgN")
            String target)
            implements MessageChange {

        @Override
        @JsonProperty(Content.TYPE)
        public String contentType() {
            return ContentType.REVOCATION.stored();
        }

        @Override
        public String readableText() {
            return null;
        }

        @Override
        public JsonObject data() {
            return ContentColumns.data("target", target);
        }
    }
}
