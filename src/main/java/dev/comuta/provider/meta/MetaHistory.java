package dev.comuta.provider.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.message.SenderType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The chats that the telephone's own application had before the number was connected ("Onboarding WhatsApp Business app
 * users", field {@code history}).
 */
final class MetaHistory {

    /** Meta's name of the field. */
    static final String FIELD = "history";

    private MetaHistory() {}

    /** A message of a chat: of the end user, or of the company, which {@code to} then names the end user. */
    record Item(SenderType sender, JsonNode message) {}

    /** The chats of a change; empty when it has none. */
    static List<JsonNode> threads(JsonNode value) {
        List<JsonNode> threads = new ArrayList<>();
        for (JsonNode chunk : value.path(FIELD)) {
            chunk.path("threads").forEach(threads::add);
        }
        return threads;
    }

    /** The messages of a chat, the oldest first. */
    static List<Item> items(JsonNode thread) {
        String person = thread.path("id").asText("");
        List<Item> items = new ArrayList<>();
        thread.path("messages").forEach(message -> items.add(item(person, message)));
        items.sort(Comparator.comparingLong(
                item -> item.message().path("timestamp").asLong()));
        return items;
    }

    private static Item item(String person, JsonNode message) {
        if (!message.has("to") && message.path("from").asText("").equals(person)) {
            return new Item(SenderType.END_USER, message);
        }
        return message instanceof ObjectNode ofCompany && !message.has("to")
                ? new Item(SenderType.USER, ofCompany.deepCopy().put("to", person))
                : new Item(SenderType.USER, message);
    }
}
