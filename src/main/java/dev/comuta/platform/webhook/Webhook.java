package dev.comuta.platform.webhook;

import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/**
 * Port: where a provider delivers. It is what the server does most, so {@link WebhookIngress} lets its plain requests in
 * before the REST framework sees them; the resource of the same path describes it and takes the others.
 */
public interface Webhook {

    /** The path of its POST, for example {@code /webhooks/whatsapp}. */
    String path();

    /** After this time the provider is told to send again. What was begun goes on. */
    Duration timeLimit();

    /** Whether what came now would be refused, for want of room: it is then not even read. */
    boolean isBusy();

    /**
     * Verifies, reads and stores a delivery. When the answer is there it is committed.
     *
     * @param headers as received
     * @param body the bytes as sent, of type {@code application/json}
     * @return the JSON of the answer; fails with the problem that the provider is told
     */
    Uni<Buffer> receive(MultiMap headers, byte[] body);
}
