package dev.comuta.bench;

import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.util.SplittableRandom;

/** Signed requests, made before the round that sends them: building them costs the round nothing. */
final class Webhooks {

    /** More per second than any server accepts on such a machine; so many requests are prepared. */
    static final double FASTEST = 15_000;

    private final SplittableRandom random = new SplittableRandom();
    private final URI server;
    private final Contacts contacts;
    private final Dialect dialect;

    /** Webhooks of the Gateway provider. */
    Webhooks(URI server, Contacts contacts) {
        this(server, contacts, Dialect.GATEWAY);
    }

    Webhooks(URI server, Contacts contacts, Dialect dialect) {
        this.server = server;
        this.contacts = contacts;
        this.dialect = dialect;
    }

    Contacts contacts() {
        return contacts;
    }

    /** Enough complete HTTP requests for the time, each from a random contact and with its own id. */
    Buffer[] prepare(double perSecond, Duration time) {
        Buffer[] requests = new Buffer[(int) (perSecond * time.toSeconds() * 1.1)];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = request(contacts.first() + random.nextInt(contacts.count()));
        }
        return requests;
    }

    /** A complete HTTP request from a contact, with its own id. */
    Buffer request(int contact) {
        Channel channel = contacts.channelOf(contact);
        String body = dialect.body(contact, channel);
        StringBuilder head = new StringBuilder("POST " + dialect.path() + " HTTP/1.1\r\n");
        dialect.signature(channel, body).forEach((name, value) -> header(head, name, value));
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
