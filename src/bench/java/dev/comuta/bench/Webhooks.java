package dev.comuta.bench;

import dev.comuta.sandbox.StandardWebhook;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.Map;
import java.util.SplittableRandom;

/** Signed requests, made before the round that sends them: building them costs the round nothing. */
final class Webhooks {

    private static final String TEXT = "Quais imóveis estão disponíveis no bairro X?";

    private final SplittableRandom random = new SplittableRandom();
    private final URI server;
    private final Contacts contacts;

    Webhooks(URI server, Contacts contacts) {
        this.server = server;
        this.contacts = contacts;
    }

    /** Whole HTTP requests, each from a random contact and with an id of its own. */
    Buffer[] prepare(int count) {
        Buffer[] requests = new Buffer[count];
        for (int i = 0; i < count; i++) {
            requests[i] = request(contacts.first() + random.nextInt(contacts.count()));
        }
        return requests;
    }

    /** A whole HTTP request from a contact, with an id of its own. */
    Buffer request(int contact) {
        Channel channel = contacts.channelOf(contact);
        String body = "{\"from\":\"%s\",\"to\":\"%s\",\"message\":\"%s\"}"
                .formatted(Contacts.number(contact), channel.identifier(), TEXT);
        StringBuilder head = new StringBuilder("POST /webhooks/whatsapp HTTP/1.1\r\n");
        Map<String, String> signature = StandardWebhook.headers(channel.webhookSecret(), StandardWebhook.newId(), body);
        signature.forEach((name, value) -> header(head, name, value));
        Buffer content = Buffer.buffer(body);
        header(head, "host", server.getAuthority());
        header(head, "content-type", "application/json");
        header(head, "content-length", Integer.toString(content.length()));
        return Buffer.buffer(head.append("\r\n").toString()).appendBuffer(content);
    }

    private static void header(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
}
