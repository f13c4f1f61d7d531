package dev.comuta.provider.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.media.MediaRef;
import dev.comuta.message.Content;
import dev.comuta.message.ContentType;

/** Reads the content of a message of the Cloud API. */
final class MetaContent {

    private MetaContent() {}

    static Content read(JsonNode message) {
        String type = message.path("type").asText();
        return switch (type) {
            case "text" -> new Content.Text(message.path("text").path("body").asText());
            case "audio" -> media(ContentType.AUDIO, message.path(type));
            case "image" -> media(ContentType.IMAGE, message.path(type));
            case "video" -> media(ContentType.VIDEO, message.path(type));
            case "document" -> media(ContentType.DOCUMENT, message.path(type));
            case "sticker" -> media(ContentType.STICKER, message.path(type));
            case "location" -> location(message.path(type));
            case "button" -> button(message.path(type));
            case "interactive" -> reply(message.path(type));
            case "reaction" -> reaction(message.path(type));
            case "contacts" -> unsupported(ContentType.CONTACT, null);
            case "order" -> unsupported(ContentType.ORDER, text(message.path(type), "text"));
            default -> unsupported(ContentType.UNKNOWN, text(message.path(type), "body"));
        };
    }

    private static Content media(ContentType kind, JsonNode file) {
        MediaRef ref = new MediaRef(
                text(file, "id"),
                text(file, "url"),
                text(file, "mime_type"),
                text(file, "filename"),
                text(file, "sha256"));
        return new Content.Media(kind.stored(), ref, text(file, "caption"));
    }

    private static Content location(JsonNode place) {
        return new Content.Location(
                degrees(place, "latitude"), degrees(place, "longitude"), text(place, "name"), text(place, "address"));
    }

    private static Content button(JsonNode button) {
        return new Content.InteractiveReply(text(button, "payload"), text(button, "text"));
    }

    /** The reply to a flow ({@code nfm_reply}) has no id, and its title is in the field {@code body}. */
    private static Content reply(JsonNode interactive) {
        JsonNode chosen =
                interactive.has("list_reply") ? interactive.path("list_reply") : interactive.path("button_reply");
        return interactive.has("nfm_reply")
                ? new Content.InteractiveReply(null, text(interactive.path("nfm_reply"), "body"))
                : new Content.InteractiveReply(text(chosen, "id"), text(chosen, "title"));
    }

    private static Content reaction(JsonNode reaction) {
        return new Content.Reaction(text(reaction, "message_id"), text(reaction, "emoji"));
    }

    private static Content unsupported(ContentType type, String text) {
        return new Content.Unsupported(type.stored(), text);
    }

    private static Double degrees(JsonNode place, String field) {
        return place.path(field).isNumber() ? place.path(field).asDouble() : null;
    }

    private static String text(JsonNode node, String field) {
        String text = node.path(field).asText("");
        return text.isBlank() ? null : text;
    }
}
