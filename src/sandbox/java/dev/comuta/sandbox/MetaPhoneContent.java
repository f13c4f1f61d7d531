package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Messages of the Graph API as the phone page shows them; templates are rendered by {@link MetaTemplates}. */
final class MetaPhoneContent {

    private static final String TITLE = "title";

    private MetaPhoneContent() {}

    /** The content of an accepted message; null for a text. */
    static ObjectNode of(JsonNode message) {
        String type = message.path("type").asText();
        JsonNode value = message.path(type);
        return switch (type) {
            case "text" -> null;
            case "location" -> location(value);
            case "contacts" -> contacts(value);
            case "reaction" ->
                PhoneContent.of(type)
                        .put("target", value.path("message_id").asText())
                        .put("emoji", value.path("emoji").asText());
            case "interactive" -> interactive(value);
            default -> {
                ObjectNode content = PhoneContent.of(type);
                content.set("file", file(value));
                yield content;
            }
        };
    }

    /** The text or caption of a message; may be empty. */
    static String text(JsonNode message) {
        String type = message.path("type").asText();
        JsonNode value = message.path(type);
        return switch (type) {
            case "text" -> value.path("body").asText();
            case "interactive" -> value.path("body").path("text").asText();
            default -> value.path("caption").asText();
        };
    }

    /** A file by its id at Meta or by its address. */
    static ObjectNode file(JsonNode value) {
        ObjectNode file = PhoneContent.link(
                value.path("link").asText(), null, value.path("filename").asText());
        PhoneContent.putPresent(file, "id", value.path("id").asText());
        return file;
    }

    private static ObjectNode location(JsonNode value) {
        ObjectNode place = PhoneContent.of("location")
                .put("latitude", value.path("latitude").asDouble())
                .put("longitude", value.path("longitude").asDouble());
        PhoneContent.putPresent(place, "name", value.path("name").asText());
        PhoneContent.putPresent(place, "address", value.path("address").asText());
        return place;
    }

    private static ObjectNode contacts(JsonNode cards) {
        ObjectNode content = PhoneContent.of("contacts");
        ArrayNode all = content.putArray("contacts");
        for (JsonNode card : cards) {
            ObjectNode one = all.addObject()
                    .put("name", card.path("name").path("formatted_name").asText());
            ArrayNode phones = one.putArray("phones");
            card.path("phones").forEach(phone -> phones.add(phone.path("phone").asText()));
            ArrayNode emails = one.putArray("emails");
            card.path("emails").forEach(email -> emails.add(email.path("email").asText()));
            PhoneContent.putPresent(
                    one, "organization", card.path("org").path("company").asText());
        }
        return content;
    }

    private static ObjectNode interactive(JsonNode value) {
        ObjectNode content = PhoneContent.of("options");
        PhoneContent.putPresent(
                content, "header", value.path("header").path("text").asText());
        PhoneContent.putPresent(
                content, "footer", value.path("footer").path("text").asText());
        JsonNode action = value.path("action");
        switch (value.path("type").asText()) {
            case "button" -> {
                ArrayNode buttons = content.putArray("buttons");
                action.path("buttons").forEach(button -> buttons.add(button.path("reply")));
            }
            case "list" -> {
                ObjectNode list = content.putObject("list");
                list.put("button", action.path("button").asText());
                list.set("sections", action.path("sections"));
            }
            case "cta_url" -> {
                JsonNode link = action.path("parameters");
                content.putObject("link")
                        .put(TITLE, link.path("display_text").asText())
                        .put("url", link.path("url").asText());
            }
            default -> content.put("unknown", value.path("type").asText());
        }
        return content;
    }
}
