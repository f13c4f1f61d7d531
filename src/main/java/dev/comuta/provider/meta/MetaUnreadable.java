package dev.comuta.provider.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.channel.Provider;
import dev.comuta.message.parking.UnreadableItems;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;

/**
 * Receives items that could not be parsed when they were delivered. Such an item is an entry, a change, the value of a
 * change, a status or a message; it is put into a delivery of its own.
 */
@ApplicationScoped
class MetaUnreadable implements UnreadableItems {

    private final MetaReceiver receiver;
    private final ObjectReader json;

    MetaUnreadable(MetaReceiver receiver, ObjectMapper json) {
        this.receiver = receiver;
        this.json = MetaBatch.reader(json);
    }

    @Override
    public Provider provider() {
        return MetaProvider.META;
    }

    @Override
    public Uni<Boolean> receive(Long clientId, String providerId, String raw) {
        MetaBatch batch = read(providerId, raw);
        if (batch == null || !batch.unreadable().isEmpty()) {
            return Uni.createFrom().item(false);
        }
        return receiver.receive(new MetaApp(clientId, List.of(), List.of()), batch)
                .replaceWith(true);
    }

    /** {@return the delivery of the item, or null when it is not JSON} */
    private MetaBatch read(String phoneNumberId, String raw) {
        try {
            return MetaBatch.read(delivery(phoneNumberId, json.readTree(raw)));
        } catch (IOException notJson) {
            return null;
        }
    }

    private static JsonNode delivery(String phoneNumberId, JsonNode item) {
        ObjectNode body = object();
        if (item.has("changes")) {
            body.putArray("entry").add(item);
            return body;
        }
        ObjectNode entry = body.putArray("entry").addObject();
        if (item.path("value").isObject()) {
            entry.putArray("changes").add(item);
        } else {
            entry.putArray("changes").addObject().put("field", "messages").set("value", value(phoneNumberId, item));
        }
        return body;
    }

    private static JsonNode value(String phoneNumberId, JsonNode item) {
        if (item.has("messages") || item.has("statuses")) {
            return item;
        }
        ObjectNode value = object();
        value.putObject("metadata").put("phone_number_id", phoneNumberId);
        value.putArray(item.has("status") ? "statuses" : "messages").add(item);
        return value;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
