package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;

/** The Cloud API's webhook {@code messages}, with every type of message that the phone sends. */
final class MetaLine implements PhoneLine {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String TITLE = "title";

    private final PhoneFiles files;
    private final MetaLimits limits;

    MetaLine(PhoneFiles files, MetaLimits limits) {
        this.files = files;
        this.limits = limits;
    }

    @Override
    public HttpRequest.Builder webhook(URI server, PhoneChannel channel, PhoneMessage message, PhoneMessage target) {
        String person = message.from().replace("+", "");
        ObjectNode item = JSON.objectNode()
                .put("from", person)
                .put("id", message.providerId())
                .put("timestamp", Long.toString(message.at().getEpochSecond()));
        putContent(item, message, target);
        if (target != null && !PhoneContent.typeOf(message.content()).equals(PhoneContent.REACTION)) {
            item.putObject("context")
                    .put("from", channel.number().replace("+", ""))
                    .put("id", target.providerId());
        }
        Map<String, Object> contact = Map.of("profile", Map.of("name", "Cliente do telefone"), "wa_id", person);
        String body = MetaProvider.webhook(
                channel.providerId(), Map.of("contacts", List.of(contact), "messages", List.of(item)));
        limits.wrote(channel.providerId(), person);
        return HttpRequest.newBuilder(server.resolve("/webhooks/meta"))
                .header("content-type", "application/json")
                .header("x-hub-signature-256", MetaProvider.sign(body))
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private void putContent(ObjectNode item, PhoneMessage message, PhoneMessage target) {
        JsonNode content = message.content();
        String type = PhoneContent.typeOf(content);
        switch (type) {
            case "text" -> put(item, type, JSON.objectNode().put("body", message.message()));
            case "image", "audio", "video", "document", "sticker" -> put(item, type, file(type, message));
            case "location" -> put(item, type, fields(content, "latitude", "longitude", "name", "address"));
            case "contacts" -> {
                item.put("type", type);
                item.set("contacts", cards(content.path("contacts")));
            }
            case "reaction" ->
                put(
                        item,
                        type,
                        JSON.objectNode()
                                .put("message_id", target == null ? "" : target.providerId())
                                .put("emoji", content.path("emoji").asText()));
            case "choice" -> choice(item, content);
            default -> throw new NotCarried("O telefone não envia este tipo de mensagem: " + type);
        }
    }

    private static void put(ObjectNode item, String type, ObjectNode value) {
        item.put("type", type);
        item.set(type, value);
    }

    private ObjectNode file(String type, PhoneMessage message) {
        JsonNode file = message.content().path("file");
        StoredFile stored = files.find(file.path("id").asText())
                .orElseThrow(() -> new NotCarried("O arquivo não está mais no telefone."));
        ObjectNode value = JSON.objectNode()
                .put("id", stored.id())
                .put("mime_type", stored.mimeType())
                .put("sha256", stored.sha256());
        if (type.equals("audio")) {
            value.put("voice", message.content().path("voice").asBoolean());
        }
        if (type.equals("document")) {
            PhoneContent.putPresent(value, "filename", file.path("name").asText());
        }
        PhoneContent.putPresent(value, "caption", message.message());
        return value;
    }

    private static ObjectNode fields(JsonNode content, String... names) {
        ObjectNode value = JSON.objectNode();
        for (String name : names) {
            if (content.hasNonNull(name)) {
                value.set(name, content.get(name));
            }
        }
        return value;
    }

    private static ArrayNode cards(JsonNode contacts) {
        ArrayNode cards = JSON.arrayNode();
        for (JsonNode contact : contacts) {
            ObjectNode card = cards.addObject();
            card.putObject("name")
                    .put("formatted_name", contact.path("name").asText())
                    .put("first_name", contact.path("name").asText());
            ArrayNode phones = card.putArray("phones");
            contact.path("phones")
                    .forEach(phone ->
                            phones.addObject().put("phone", phone.asText()).put("type", "CELL"));
        }
        return cards;
    }

    /** A button or a row of an interactive message, or a button of a template. */
    private static void choice(ObjectNode item, JsonNode chosen) {
        String title = chosen.path(TITLE).asText();
        if (chosen.path("kind").asText().equals("template")) {
            put(
                    item,
                    "button",
                    JSON.objectNode().put("payload", chosen.path("id").asText()).put("text", title));
            return;
        }
        String kind = chosen.path("kind").asText().equals("list") ? "list_reply" : "button_reply";
        ObjectNode interactive = JSON.objectNode().put("type", kind);
        interactive.set(kind, fields(chosen, "id", TITLE, "description"));
        put(item, "interactive", interactive);
    }
}
