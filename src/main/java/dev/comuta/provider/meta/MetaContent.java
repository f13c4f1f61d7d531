package dev.comuta.provider.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.media.MediaRef;
import dev.comuta.message.content.ContactCard;
import dev.comuta.message.content.Contacts;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.ContentType;
import dev.comuta.message.content.Interaction;
import dev.comuta.message.content.MessageChange;
import dev.comuta.message.content.Notice;
import dev.comuta.platform.http.UntrustedJson;
import io.vertx.core.json.DecodeException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the content of a message of the Cloud API. Fields of another type than documented are absent. */
final class MetaContent {

    private static final String FORM_FIELDS = "response_json";

    private MetaContent() {}

    static Content read(JsonNode message) {
        String type = message.path("type").asText();
        JsonNode content = message.path(type);
        return switch (type) {
            case "text" -> new Content.Text(content.path("body").asText());
            case "audio" -> media(ContentType.AUDIO, content);
            case "image" -> media(ContentType.IMAGE, content);
            case "video" -> media(ContentType.VIDEO, content);
            case "document" -> media(ContentType.DOCUMENT, content);
            case "sticker" -> media(ContentType.STICKER, content);
            case "location" -> location(content);
            case "contacts" ->
                new Contacts(elements(content).map(MetaContent::card).toList());
            case "button" -> Interaction.Reply.of(text(content, "payload"), text(content, "text"));
            case "interactive" -> reply(content);
            case "order" -> order(content);
            case "reaction" -> new MessageChange.Reaction(text(content, "message_id"), text(content, "emoji"));
            case "edit" -> edit(content);
            case "revoke" -> new MessageChange.Revocation(text(content, "original_message_id"));
            case "system" -> new Notice(text(content, "type"), text(content, "body"));
            case "request_welcome" -> new Notice(type, null);
            default -> new Content.Unsupported(ContentType.UNKNOWN.stored(), text(content, "body"));
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
                number(place, "latitude"), number(place, "longitude"), text(place, "name"), text(place, "address"));
    }

    private static ContactCard card(JsonNode card) {
        return new ContactCard(
                text(card.path("name"), "formatted_name"),
                text(card.path("org"), "company"),
                texts(card.path("phones"), "phone"),
                texts(card.path("emails"), "email"));
    }

    private static Content reply(JsonNode interactive) {
        if (interactive.has("nfm_reply")) {
            JsonNode form = interactive.path("nfm_reply");
            return new Interaction.Reply(text(form, "name"), text(form, "body"), null, fields(form));
        }
        if (interactive.has("call_permission_reply")) {
            return new Notice("call_permission_reply", text(interactive.path("call_permission_reply"), "response"));
        }
        JsonNode chosen =
                interactive.has("list_reply") ? interactive.path("list_reply") : interactive.path("button_reply");
        return chosen.isObject()
                ? new Interaction.Reply(text(chosen, "id"), text(chosen, "title"), text(chosen, "description"), null)
                : new Content.Unsupported(ContentType.UNKNOWN.stored(), text(interactive, "type"));
    }

    /**
     * The fields of the reply to a form, which has no id: JSON inside of a text. A text that is no JSON, or is beyond the
     * limits, is a field.
     */
    private static Map<String, Object> fields(JsonNode form) {
        JsonNode given = form.path(FORM_FIELDS);
        String json = given.isContainerNode() ? given.toString() : text(form, FORM_FIELDS);
        try {
            return json == null ? null : UntrustedJson.object(json).getMap();
        } catch (DecodeException notJson) {
            return Map.of(FORM_FIELDS, json);
        }
    }

    private static Content order(JsonNode order) {
        List<Interaction.Order.Item> items = elements(order.path("product_items"))
                .map(item -> new Interaction.Order.Item(
                        text(item, "product_retailer_id"),
                        number(item, "quantity"),
                        number(item, "item_price"),
                        text(item, "currency")))
                .toList();
        return new Interaction.Order(text(order, "catalog_id"), text(order, "text"), items);
    }

    /** An edited file has its new caption in the content of its kind. */
    private static Content edit(JsonNode edit) {
        JsonNode edited = edit.path("message");
        Content now = read(edited);
        return new MessageChange.Edit(
                text(edit, "original_message_id"), now instanceof MessageChange ? null : now.readableText());
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static List<String> texts(JsonNode array, String field) {
        return elements(array)
                .map(element -> text(element, field))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Double number(JsonNode node, String field) {
        double number = node.path(field).asDouble(Double.NaN);
        return Double.isFinite(number) ? number : null;
    }

    private static String text(JsonNode node, String field) {
        String text = node.path(field).asText("");
        return text.isBlank() ? null : text;
    }
}
