package dev.comuta.provider.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.comuta.platform.problem.Problem;
import dev.comuta.provider.gateway.GatewayMessage.Media;
import java.io.IOException;

/** A body read in one pass, before anybody knows who sent it: what is wrong with it is told only to who signed it. */
final class GatewayBody {

    private String from;
    private String to;
    private String message;
    private String messageId;
    private Media media;
    private boolean misshapen;

    private GatewayBody() {}

    /** Reads a body; of one that is no JSON object nothing is known. */
    static GatewayBody read(JsonFactory json, byte[] bytes) {
        GatewayBody body = new GatewayBody();
        try (JsonParser parser = json.createParser(bytes)) {
            boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
            while (isObject && parser.nextToken() == JsonToken.FIELD_NAME) {
                body.take(parser.currentName(), parser);
            }
            return isObject && parser.nextToken() == null ? body : new GatewayBody();
        } catch (IOException notJson) {
            return new GatewayBody();
        }
    }

    /** Whom it is for, as written; null when it does not say. */
    String to() {
        return to;
    }

    /** The whole of it. Fails with a problem when a field has not the documented type. */
    GatewayMessage message() {
        if (misshapen) {
            throw Problem.invalid("body", "every field must have the documented type");
        }
        return new GatewayMessage(from, to, message, messageId, media);
    }

    private void take(String field, JsonParser parser) throws IOException {
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
        misshapen |= parser.currentToken() != JsonToken.VALUE_NULL;
        parser.skipChildren();
        return null;
    }

    private Media media(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            misshapen |= parser.currentToken() != JsonToken.VALUE_NULL;
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
