package dev.comuta.chaos;

import dev.comuta.sandbox.MetaProvider;
import dev.comuta.sandbox.Registration.Registered;
import dev.comuta.sandbox.StandardWebhook;
import dev.comuta.sandbox.TwilioSignature;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A delivery as an HTTP request, signed as its provider signs it.
 *
 * @param headers include the signature
 */
record Envelope(Map<String, String> headers, String body) {

    /** Builds envelopes for one registered client. */
    record Maker(Registered client, String publicUrl) {

        /** The delivery, signed now: a provider signs every attempt anew. */
        Envelope of(Delivery delivery) {
            return switch (delivery.route()) {
                case GATEWAY -> gateway(delivery);
                case META -> meta(delivery);
                case TWILIO -> twilio(delivery);
            };
        }

        private Envelope gateway(Delivery delivery) {
            String body = new JsonObject()
                    .put("from", delivery.contact())
                    .put("to", client.whatsapp().identifier())
                    .put("message", delivery.text())
                    .encode();
            Map<String, String> headers = new LinkedHashMap<>(
                    StandardWebhook.headers(client.whatsapp().webhookSecret(), delivery.id(), body));
            headers.put("content-type", "application/json");
            return new Envelope(headers, body);
        }

        private static Envelope meta(Delivery delivery) {
            Map<String, Object> message = Map.of(
                    "from",
                    delivery.contact().substring(1),
                    "id",
                    delivery.id(),
                    "timestamp",
                    Long.toString(Instant.now().getEpochSecond()),
                    "type",
                    "text",
                    "text",
                    Map.of("body", delivery.text()));
            String body = MetaProvider.webhook(MetaProvider.PHONE_NUMBER_ID, Map.of("messages", List.of(message)));
            return new Envelope(
                    Map.of("content-type", "application/json", "x-hub-signature-256", MetaProvider.sign(body)), body);
        }

        private Envelope twilio(Delivery delivery) {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("MessageSid", delivery.id());
            form.put("SmsSid", delivery.id());
            form.put("AccountSid", client.twilio().accountSid());
            form.put("From", "whatsapp:" + delivery.contact());
            form.put("To", "whatsapp:" + client.twilio().number());
            form.put("Body", delivery.text());
            form.put("NumMedia", "0");
            String signature = TwilioSignature.of(
                    client.twilio().authToken(), publicUrl + delivery.route().path(), form);
            return new Envelope(
                    Map.of(
                            "content-type",
                            "application/x-www-form-urlencoded; charset=UTF-8",
                            "x-twilio-signature",
                            signature),
                    TwilioSignature.encoded(form));
        }
    }
}
