package dev.comuta.message;

import dev.comuta.media.MediaRef;
import io.vertx.core.json.JsonObject;

/** Reads {@link Content} from the columns ContentType, Content and ContentData. */
public final class ContentColumns {

    private static final JsonObject NONE = new JsonObject();

    private ContentColumns() {}

    /**
     * The content of a row. Without data, for example after a plain INSERT, every field except the text is null.
     *
     * @param text may be null
     * @param data may be null
     */
    public static Content read(String contentType, String text, JsonObject data) {
        JsonObject fields = data == null ? NONE : data;
        return switch (ContentType.of(contentType)) {
            case TEXT -> new Content.Text(text == null ? "" : text);
            case AUDIO, IMAGE, VIDEO, DOCUMENT, STICKER -> new Content.Media(contentType, file(fields), text);
            case LOCATION ->
                new Content.Location(
                        fields.getDouble("latitude"), fields.getDouble("longitude"), text, fields.getString("address"));
            case INTERACTION -> new Content.InteractiveReply(fields.getString("id"), text);
            case REACTION -> new Content.Reaction(fields.getString("target"), text);
            case CONTACT, ORDER, UNKNOWN -> new Content.Unsupported(contentType, text);
        };
    }

    private static MediaRef file(JsonObject fields) {
        JsonObject file = fields.getJsonObject("file");
        return file == null ? null : file.mapTo(MediaRef.class);
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
