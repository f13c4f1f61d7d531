package dev.comuta.message.content;

import dev.comuta.media.MediaRef;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads {@link Content} from the columns ContentType, Content and ContentData. */
public final class ContentColumns {

    private static final JsonObject NONE = new JsonObject();

    private ContentColumns() {}

    /**
     * The content of a row. A field that the data does not have, or has with another type, is null: a plain INSERT may
     * have written the row.
     *
     * @param text may be null
     * @param data may be null
     */
    public static Content read(String contentType, String text, JsonObject data) {
        JsonObject fields = data == null ? NONE : data;
        return switch (ContentType.of(contentType)) {
            case TEXT -> new Content.Text(text);
            case AUDIO, IMAGE, VIDEO, DOCUMENT, STICKER -> new Content.Media(contentType, file(fields), text);
            case LOCATION ->
                new Content.Location(
                        number(fields, "latitude"), number(fields, "longitude"), text, text(fields, "address"));
            case CONTACT ->
                new Contacts(
                        objects(fields, "contacts").map(ContentColumns::card).toList());
            case INTERACTION ->
                new Interaction.Reply(text(fields, "id"), text, text(fields, "description"), form(fields));
            case ORDER ->
                new Interaction.Order(
                        text(fields, "catalogId"),
                        text,
                        objects(fields, "items").map(ContentColumns::item).toList());
            case REACTION -> new MessageChange.Reaction(text(fields, "target"), text);
            case EDIT -> new MessageChange.Edit(text(fields, "target"), text);
            case REVOCATION -> new MessageChange.Revocation(text(fields, "target"));
            case NOTICE -> new Notice(text(fields, "notice"), text);
            case OPTIONS -> OutgoingColumns.options(text, fields);
            case TEMPLATE -> OutgoingColumns.template(text, fields);
            case UNKNOWN -> new Content.Unsupported(contentType, text);
        };
    }

    static MediaRef file(JsonObject fields) {
        return fields.getValue("file") instanceof JsonObject file
                ? new MediaRef(
                        text(file, "providerId"),
                        text(file, "url"),
                        text(file, "mimeType"),
                        text(file, "fileName"),
                        text(file, "sha256"),
                        file.getValue("mediaId") instanceof Number id ? (Long) id.longValue() : null)
                : null;
    }

    private static ContactCard card(JsonObject card) {
        return new ContactCard(
                text(card, "name"), text(card, "organization"), texts(card, "phones"), texts(card, "emails"));
    }

    private static Interaction.Order.Item item(JsonObject item) {
        return new Interaction.Order.Item(
                text(item, "productId"), number(item, "quantity"), number(item, "price"), text(item, "currency"));
    }

    private static Map<String, Object> form(JsonObject fields) {
        return fields.getValue("form") instanceof JsonObject form ? form.getMap() : null;
    }

    static Stream<JsonObject> objects(JsonObject fields, String name) {
        return values(fields, name).filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }

    static List<String> texts(JsonObject fields, String name) {
        return values(fields, name)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    private static Stream<Object> values(JsonObject fields, String name) {
        return fields.getValue(name) instanceof JsonArray array ? array.stream() : Stream.of();
    }

    /** {@return the text of a field, or null when there is none or it has another type} */
    public static String text(JsonObject fields, String name) {
        return fields.getValue(name) instanceof String text ? text : null;
    }

    private static Double number(JsonObject fields, String name) {
        return fields.getValue(name) instanceof Number number && Double.isFinite(number.doubleValue())
                ? number.doubleValue()
                : null;
    }

    /** {@return the fields of a record that are not null} */
    static JsonObject fields(Object item) {
        JsonObject fields = JsonObject.mapFrom(item);
        fields.getMap().values().removeIf(Objects::isNull);
        return fields;
    }

    /** {@return an array of these objects, or null when there are none} */
    public static JsonArray array(Stream<JsonObject> objects) {
        JsonArray array = new JsonArray();
        objects.forEach(array::add);
        return array.isEmpty() ? null : array;
    }

    /** {@return a JSON object of alternating names and values, without the null values, or null when it is empty} */
    public static JsonObject data(Object... pairs) {
        JsonObject data = new JsonObject();
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] != null) {
                data.put((String) pairs[i], pairs[i + 1]);
            }
        }
        return data.isEmpty() ? null : data;
    }
}
