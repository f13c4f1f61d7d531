package dev.comuta.provider.twilio;

import dev.comuta.media.MediaRef;
import dev.comuta.message.content.ContactCard;
import dev.comuta.message.content.Contacts;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.ContentType;
import dev.comuta.message.content.Interaction;
import dev.comuta.message.content.MessageChange;
import dev.comuta.platform.http.UntrustedJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the contents of a message of Twilio. A field of another form than documented is absent. */
final class TwilioContent {

    private static final String BODY = "Body";
    private static final String BUTTON_TEXT = "ButtonText";
    private static final String BUTTON_PAYLOAD = "ButtonPayload";
    private static final int MOST_FILES = 10;

    /** Media type of a contact card, with or without parameters. */
    private static final Pattern VCARD = Pattern.compile("text/(x-)?vcard\\s*(;.*)?");

    private final TwilioForm form;

    private TwilioContent(TwilioForm form) {
        this.form = form;
    }

    /** The contents, at least one: one for each file. The text belongs to the first. */
    static List<Content> read(TwilioForm form) {
        TwilioContent content = new TwilioContent(form);
        List<Content> files = IntStream.range(0, MOST_FILES)
                .filter(no -> form.get("MediaContentType" + no) != null)
                .mapToObj(content::file)
                .toList();
        return files.isEmpty() ? List.of(content.withoutFile()) : files;
    }

    private Content withoutFile() {
        String data = form.get("InteractiveData") == null ? form.get("FlowData") : form.get("InteractiveData");
        if (isOfType("reaction")) {
            return new MessageChange.Reaction(form.get("OriginalRepliedMessageSid"), text());
        }
        if (form.get("Latitude") != null && form.get("Longitude") != null) {
            return new Content.Location(
                    degrees("Latitude"), degrees("Longitude"), form.get("Label"), form.get("Address"));
        }
        if (form.get("ListId") != null) {
            return new Interaction.Reply(form.get("ListId"), form.get("ListTitle"), form.get("ListDescription"), null);
        }
        if (form.get(BUTTON_PAYLOAD) != null || form.get(BUTTON_TEXT) != null) {
            String title = form.get(BUTTON_TEXT) == null ? text() : form.get(BUTTON_TEXT);
            return Interaction.Reply.of(form.get(BUTTON_PAYLOAD), title);
        }
        if (data != null) {
            return new Interaction.Reply(null, text(), null, fields(data));
        }
        return form.get("Contacts") == null ? plain() : new Contacts(cards(form.get("Contacts")));
    }

    private Content plain() {
        return text() == null ? new Content.Unsupported(ContentType.UNKNOWN.stored(), null) : new Content.Text(text());
    }

    private Content file(int no) {
        String type = form.get("MediaContentType" + no);
        String caption = no == 0 ? text() : null;
        String lower = type.toLowerCase(Locale.ROOT);
        MediaRef file = new MediaRef(null, form.get("MediaUrl" + no), type, null, null);
        ContentType kind =
                switch (lower.replaceFirst("/.*", "")) {
                    case "audio" -> ContentType.AUDIO;
                    case "image" -> isOfType("sticker") ? ContentType.STICKER : ContentType.IMAGE;
                    case "video" -> ContentType.VIDEO;
                    case "application", "text" ->
                        VCARD.matcher(lower).matches() ? ContentType.CONTACT : ContentType.DOCUMENT;
                    default -> ContentType.UNKNOWN;
                };
        return kind == ContentType.CONTACT || kind == ContentType.UNKNOWN
                ? new Content.Unsupported(kind.stored(), caption)
                : new Content.Media(kind.stored(), file, caption);
    }

    private boolean isOfType(String type) {
        return type.equals(form.get("MessageType"));
    }

    private String text() {
        return form.get(BODY);
    }

    private Double degrees(String field) {
        try {
            return Double.valueOf(form.get(field));
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    /** The fields of a completed form; as one text when they are no JSON object. */
    private static Map<String, Object> fields(String json) {
        try {
            return UntrustedJson.object(Buffer.buffer(json)).getMap();
        } catch (DecodeException notJson) {
            return Map.of("data", json);
        }
    }

    private static List<ContactCard> cards(String json) {
        try {
            JsonObject read = UntrustedJson.object(Buffer.buffer("{\"contacts\":" + json + "}"));
            return read.getValue("contacts") instanceof JsonArray cards
                    ? objects(cards).map(TwilioContent::card).toList()
                    : List.of();
        } catch (DecodeException | ClassCastException notContacts) {
            return List.of();
        }
    }

    private static ContactCard card(JsonObject card) {
        return new ContactCard(
                card.getValue("name") instanceof JsonObject name ? text(name, "formatted_name") : text(card, "name"),
                card.getValue("org") instanceof JsonObject company ? text(company, "company") : null,
                texts(card, "phones", "phone"),
                texts(card, "emails", "email"));
    }

    private static List<String> texts(JsonObject card, String list, String field) {
        return card.getValue(list) instanceof JsonArray elements
                ? objects(elements)
                        .map(element -> text(element, field))
                        .filter(Objects::nonNull)
                        .toList()
                : List.of();
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return IntStream.range(0, array.size())
                .mapToObj(array::getValue)
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast);
    }

    private static String text(JsonObject object, String field) {
        return object.getValue(field) instanceof String text && !text.isBlank() ? text : null;
    }
}
