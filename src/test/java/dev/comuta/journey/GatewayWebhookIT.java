package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Conversation.GatewayLine;
import dev.comuta.sandbox.StandardWebhook;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayWebhookIT extends WebhookContract {

    private final GatewayLine line = Conversation.gateway(comuta);

    @Override
    GatewayLine line() {
        return line;
    }

    @Override
    SignedDelivery toUnknownOwner() {
        return line.signed(body().put("to", "+5511900000000").encode());
    }

    @Override
    SignedDelivery malformed() {
        return line.signed(body().put("message", "  ").encode());
    }

    @Override
    String signatureHeader() {
        return "webhook-signature";
    }

    @Test
    void reportsADuplicate() {
        SignedDelivery delivery = line.message(person, "Oi");

        assertEquals(false, delivery.send(comuta).json().getBoolean("duplicate"));
        assertEquals(true, delivery.send(comuta).json().getBoolean("duplicate"));
    }

    @Test
    void rejectsAStaleTimestampAndNamesIt() {
        String body = body().encode();
        long hourAgo = Instant.now().getEpochSecond() - 3600;
        SignedDelivery delivery = line.signed(body);
        for (var header : StandardWebhook.headers(line.webhookSecret(), "msg_1", hourAgo, body)
                .entrySet()) {
            delivery = delivery.with(header.getKey(), header.getValue());
        }

        String detail = delivery.send(comuta)
                .expectProblem(401, "unauthenticated")
                .json()
                .getString("detail");
        assertTrue(detail.contains("webhook-timestamp"), detail);
    }

    @Test
    void rejectsInvalidFields() {
        JsonObject noSender = body();
        noSender.remove("from");
        for (JsonObject invalid : List.of(noSender, body().put("message", new JsonObject()))) {
            line.signed(invalid.encode()).sendInvalid(comuta).expectProblem(400, "invalid-request");
        }
    }

    private JsonObject body() {
        return new JsonObject().put("from", person).put("to", line.identifier()).put("message", "Oi");
    }
}
