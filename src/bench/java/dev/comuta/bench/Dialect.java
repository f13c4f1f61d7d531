package dev.comuta.bench;

import dev.comuta.sandbox.MetaProvider;
import dev.comuta.sandbox.StandardWebhook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The form in which a provider delivers a text message. */
enum Dialect {
    GATEWAY("/webhooks/whatsapp") {
        @Override
        String body(int contact, Channel channel) {
            return "{\"from\":\"%s\",\"to\":\"%s\",\"message\":\"%s\"}"
                    .formatted(Contacts.number(contact), channel.identifier(), TEXT);
        }

        @Override
        Map<String, String> signature(Channel channel, String body) {
            return StandardWebhook.headers(channel.webhookSecret(), StandardWebhook.newId(), body);
        }
    },
    /** The first news of a call. */
    CALL("/webhooks/voice") {
        @Override
        String body(int contact, Channel channel) {
            return "{\"callSid\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"direction\":\"inbound\",\"status\":\"ringing\"}"
                    .formatted(UUID.randomUUID(), Contacts.number(contact), channel.identifier());
        }

        @Override
        Map<String, String> signature(Channel channel, String body) {
            return StandardWebhook.headers(channel.webhookSecret(), StandardWebhook.newId(), body);
        }
    },
    META("/webhooks/meta") {
        @Override
        String body(int contact, Channel channel) {
            String waId = Contacts.number(contact).substring(1);
            Map<String, Object> message = Map.of(
                    "from",
                    waId,
                    "id",
                    "wamid." + UUID.randomUUID(),
                    "timestamp",
                    Long.toString(Instant.now().getEpochSecond()),
                    "type",
                    "text",
                    "text",
                    Map.of("body", TEXT));
            Map<String, Object> sender = Map.of("wa_id", waId, "profile", Map.of("name", "Contato " + contact));
            return MetaProvider.webhook(
                    channel.identifier(), Map.of("contacts", List.of(sender), "messages", List.of(message)));
        }

        @Override
        Map<String, String> signature(Channel channel, String body) {
            return Map.of("X-Hub-Signature-256", MetaProvider.sign(body));
        }
    };

    private static final String TEXT = "Quais imóveis estão disponíveis no bairro X?";

    private final String path;

    Dialect(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    /** A message with an id of its own, from the contact to its channel. */
    abstract String body(int contact, Channel channel);

    /** The headers that prove the origin of the body. */
    abstract Map<String, String> signature(Channel channel, String body);
}
