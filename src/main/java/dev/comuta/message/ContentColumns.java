package dev.comuta.message;

import dev.comuta.media.MediaRef;
import io.vertx.core.json.JsonObject;

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
            case INTERACTION -> new Content.InteractiveReply(text(fields, "id"), text);
            case REACTION -> new Content.Reaction(text(fields, "target"), text);
            case CONTACT, ORDER, UNKNOWN -> new Content.Unsupported(contentType, text);
        };
    }

    private static MediaRef file(JsonObject fields) {
        return fields.getValue("file") instanceof JsonObject file
                ? new MediaRef(
                        text(file, "providerId"),
                        text(file, "url"),
                        text(file, "mimeType"),
                        text(file, "fileName"),
                        text(file, "sha256"))
                : null;
    }

    private static String text(JsonObject fields, String name) {
        return fields.getValue(name) instanceof String text ? text : null;
    }

    private static Double number(JsonObject fields, String name) {
        return fields.getValue(name) instanceof Number number ? number.doubleValue() : null;
    }

    /** {@return a JSON object of alternating names and values, without the null values, or null when it is empty} */
    static JsonObject data(Object... pairs) {
        JsonObject data = new JsonObject();
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] != null) {
                data.put((String) pairs[i], pairs[i + 1]);
            }
        }
        return data.isEmpty() ? null : data;
    }
}
