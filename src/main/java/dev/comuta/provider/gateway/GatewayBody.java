package dev.comuta.provider.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.provider.gateway.GatewayMessage.Media;
import java.io.IOException;

/**
 * A body, parsed in one pass before the signature is verified. {@link #message}, which is called after the
 * verification, reports invalid fields.
 */
final class GatewayBody {

    private String from;
    private String to;
    private String message;
    private String messageId;
    private Media media;
    private boolean hasWrongType;
    private boolean isObject;

    private GatewayBody() {}

    /** Reads a body. When it is not a JSON object, every field is null. */
    static GatewayBody read(JsonFactory json, byte[] bytes) {
        GatewayBody body = new GatewayBody();
        try (JsonParser parser = json.createParser(bytes)) {
            body.isObject = parser.nextToken() == JsonToken.START_OBJECT;
            while (body.isObject && parser.nextToken() == JsonToken.FIELD_NAME) {
                body.readField(parser.currentName(), parser);
            }
            return body.isObject && parser.nextToken() == null ? body : new GatewayBody();
        } catch (IOException notJson) {
            return new GatewayBody();
        }
    }

    /** {@return the problem of a body that names no recipient, or null when it names one} */
    Problem withoutRecipient() {
        if (!isObject) {
            return Problem.invalid("body", "must be one JSON object within the limits");
        }
        if (to == null) {
            return Problem.invalid("to", "is required, as a text");
        }
        if (PhoneNumber.received(to) == null) {
            return Problem.invalid("to", "must be a phone number with its country code");
        }
        return null;
    }

    /** {@return the recipient as received, or null when it is missing or not a text} */
    String to() {
        return to;
    }

    /** The whole message. Fails with a problem when a field has a wrong type. */
    GatewayMessage message() {
        if (hasWrongType) {
            throw Problem.invalid("body", "every field must have the documented type");
        }
        return new GatewayMessage(from, to, message, messageId, media);
    }

    private void readField(String field, JsonParser parser) throws IOException {
        parser.nextToken();
        switch (field) {
            case "from" -> from = text(parser);
            case "to" -> to = text(parser);
            case "message" -> message = text(parser);
            case "messageId" -> messageId = text(parser);
            case "media" -> media = media(parser);
            default -> parser.skipChildren();
        }
    }

    private String text(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        hasWrongType |= parser.currentToken() != JsonToken.VALUE_NULL;
        parser.skipChildren();
        return null;
    }

    private Media media(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            hasWrongType |= parser.currentToken() != JsonToken.VALUE_NULL;
            parser.skipChildren();
            return null;
        }
        String url = null;
        String contentType = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "url" -> url = text(parser);
                case "contentType" -> contentType = text(parser);
                default -> parser.skipChildren();
            }
        }
        return new Media(url, contentType);
    }
}
