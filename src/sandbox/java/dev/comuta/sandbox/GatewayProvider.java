package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The gateway that the client operates: accepts the signed messages of the server and delivers them to the phone. */
final class GatewayProvider implements SimulatedProvider {

    /** Path of the files that phones send. */
    static final String FILES = "/gateway/files/";

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

    private final PhoneFiles files;

    GatewayProvider(ChannelSecrets channels, PhoneMessages phones, PhoneFiles files) {
        this.channels = channels;
        this.phones = phones;
        this.files = files;
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
        if (exchange.method().equals("GET") && exchange.path().startsWith(FILES)) {
            files.find(exchange.path().substring(FILES.length()))
                    .ifPresentOrElse(
                            exchange::answerBytes, () -> exchange.answer(404, Map.of("error", "unknown file")));
            return;
        }
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
            deliver("gw-" + last, message);
            return "gw-" + last;
        });
    }

    private void deliver(String id, JsonNode message) {
        String from = message.path("from").asText();
        ObjectNode content = GatewayPhoneContent.of(message);
        if (PhoneContent.typeOf(content).equals(PhoneContent.REACTION)) {
            phones.react(content, from);
            return;
        }
        String text = content != null && content.has("text")
                ? content.path("text").asText()
                : message.path("message").asText();
        PhoneContent.receive(
                phones,
                files,
                PhoneMessage.draft(
                        from,
                        message.path("to").asText(),
                        text,
                        content,
                        id,
                        phones.idOf(message.path("replyTo").asText())));
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
