package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.journey.Conversation.MetaLine;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetaWebhookIT extends WebhookContract {

    private final MetaLine line = Conversation.meta(comuta);

    @Override
    MetaLine line() {
        return line;
    }

    /** A delivery signed by another app. One that our app signs has an owner even when its number is unknown. */
    @Override
    SignedDelivery toUnknownOwner() {
        return line.message(person, "Oi").with(signatureHeader(), "sha256=" + "0".repeat(64));
    }

    @Override
    SignedDelivery malformed() {
        return line.signed("{\"object\": \"whatsapp_business_account\", \"entry\"");
    }

    @Override
    String unreadable() {
        return "{";
    }

    @Override
    int unreadableStatus() {
        return 401;
    }

    @Override
    String signatureHeader() {
        return "X-Hub-Signature-256";
    }

    @Test
    void storesTheReadableItemOfABatch() {
        JsonObject withoutId = line.item(person, "sem id");
        withoutId.remove("id");
        String batch = line.batch(person, withoutId, line.item(person, "Oi"), new JsonObject());

        line.signed(batch).sendInvalid(comuta).expect(200);

        assertEquals(List.of("Oi"), stored());
    }
}
