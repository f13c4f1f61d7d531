package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.journey.Conversation.MetaLine;
import dev.comuta.platform.secret.Hmac;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

    /** Each client may have an app of its own, whose secret it knows. */
    @Test
    void theAppOfAnotherClientSaysNothingAboutANumber() {
        String number = "7" + Comuta.newNumber().substring(1);
        String mark = UUID.randomUUID().toString();
        register(number, "segredo-do-dono");
        long channelId = register("8" + number.substring(1), "segredo");
        long clientId =
                (long) comuta.value("select ClientID from CommunicationChannels where ChannelID = ?", channelId);
        String body = """
                {"object": "whatsapp_business_account", "entry": [{"id": "1%1$s", "changes": [
                  {"field": "security", "value": {"event": "PIN", "mark": "%2$s", "metadata": {"phone_number_id": "%1$s"}}},
                  {"field": "user_preferences", "value": {"mark": "%2$s", "metadata": {"phone_number_id": "%1$s"}}},
                  {"field": "messages", "value": {"metadata": {"phone_number_id": "%1$s"},
                    "messages": [{"mark": "%2$s"}]}}]}]}""".formatted(number, mark);
        byte[] signature =
                Hmac.SHA256.of("segredo".getBytes(StandardCharsets.UTF_8), body.getBytes(StandardCharsets.UTF_8));

        new SignedDelivery(
                        "/webhooks/meta?channel=" + channelId,
                        body,
                        Map.of(
                                signatureHeader(),
                                "sha256=" + HexFormat.of().formatHex(signature),
                                "content-type",
                                "application/json"))
                .send(comuta)
                .expect(200);

        String parked = "select count(*) from ParkedItems where Payload ->> 'raw' like '%' || ? || '%'";
        assertEquals(3L, comuta.value(parked, mark));
        assertEquals(3L, comuta.value(parked + " and (Payload ->> 'client')::bigint = ?", mark, clientId));
        String alerts = "select count(*) from Alerts where Cause || Detail like '%' || ? || '%'";
        assertEquals(1L, comuta.value(alerts + " and ClientID = ?", number, clientId));
        assertEquals(1L, comuta.value(alerts, number), "none of the platform or of the owner");
    }

    private static long register(String phoneNumberId, String appSecret) {
        String home = comuta.platform()
                .post("/clients", new JsonObject().put("clientName", "Dona de " + phoneNumberId))
                .expect(201)
                .location();
        String channel = comuta.platform()
                .post(
                        home + "/channels",
                        new JsonObject()
                                .put("channelType", "WhatsApp")
                                .put("channelIdentifier", Comuta.newNumber())
                                .put("provider", "Meta")
                                .put("providerId", phoneNumberId)
                                .put(
                                        "credentials",
                                        new JsonObject().put("accessToken", "x").put("appSecret", appSecret)))
                .expect(201)
                .location();
        return Long.parseLong(channel.substring(channel.lastIndexOf('/') + 1));
    }
}
