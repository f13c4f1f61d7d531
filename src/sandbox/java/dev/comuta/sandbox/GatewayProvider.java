package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The gateway that the client operates: accepts the signed messages of the server and delivers them to the phone. */
final class GatewayProvider implements SimulatedProvider {

    private static final int REMEMBERED = 200_000;

    private final ChannelSecrets channels;
    private final PhoneMessages phones;
    private final Map<String, String> idsByWebhook = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };
    private long last;

    GatewayProvider(ChannelSecrets channels, PhoneMessages phones) {
        this.channels = channels;
        this.phones = phones;
    }

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public boolean owns(String path) {
        return path.startsWith("/gateway/");
    }

    @Override
    public void answer(Exchange exchange) {
        if (!exchange.method().equals("POST") || !exchange.path().equals("/gateway/messages")) {
            exchange.answer(404, Map.of("error", "unknown path"));
            return;
        }
        JsonNode message = Json.read(exchange.body());
        String id = exchange.header("webhook-id");
        if (id.isEmpty() || !isSigned(exchange, id, message.path("from").asText())) {
            exchange.answer(401, Map.of("error", "wrong signature"));
            return;
        }
        exchange.answer(202, Map.of("id", accept(id, message)));
    }

    /** The id of the accepted message. A repeated webhook-id returns the first id and has no other effect. */
    private synchronized String accept(String webhookId, JsonNode message) {
        return idsByWebhook.computeIfAbsent(webhookId, key -> {
            last++;
            phones.add(
                    message.path("from").asText(),
                    message.path("to").asText(),
                    message.path("message").asText(),
                    200);
            return "gw-" + last;
        });
    }

    private boolean isSigned(Exchange exchange, String id, String channel) {
        List<String> secrets = channels.of(channel);
        String timestamp = exchange.header("webhook-timestamp");
        String signatures = exchange.header("webhook-signature");
        return secrets.isEmpty()
                || secrets.stream()
                        .anyMatch(secret -> StandardWebhook.verify(secret, id, timestamp, signatures, exchange.body()));
    }
}
