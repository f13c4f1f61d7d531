package dev.comuta.sandbox;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * End users' phones: send typed messages to the server as the signed body of scenario 2, and keep the conversation that
 * the phone page shows.
 */
public final class Telephone implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ChannelSecrets channels;
    private final PhoneMessages messages;
    private volatile URI server;

    Telephone(ChannelSecrets channels, PhoneMessages messages) {
        this.channels = channels;
        this.messages = messages;
    }

    /**
     * The response of the server.
     *
     * @param status HTTP status; 0 when the server was unreachable
     * @param body body of the response, or the error
     */
    public record Answer(int status, String body) {}

    /** Sets the address of the server; required before the first message. */
    public void server(URI baseUrl) {
        server = baseUrl;
    }

    /**
     * Sends a message as an end user, with a new webhook-id.
     *
     * @param from number of the end user
     * @param to number of a registered WhatsApp channel
     * @return 404 when no such channel is registered. A failure of the server is an {@link Answer#status}, never an
     *     exception.
     */
    public CompletableFuture<Answer> send(String from, String to, String message) {
        String secret = channels.ofWhatsApp(to).orElse(null);
        if (secret == null || server == null) {
            return CompletableFuture.completedFuture(new Answer(404, "canal desconhecido: " + to));
        }
        long id = messages.add(from, to, message, null);
        return post(from, to, message, secret)
                .handle((response, failure) -> failure == null
                        ? new Answer(response.statusCode(), response.body())
                        : new Answer(0, "servidor inacessível: " + failure.getMessage()))
                .thenApply(answer -> {
                    messages.sent(id, answer.status());
                    return answer;
                });
    }

    /** All messages from or to a number, in order. */
    public List<PhoneMessage> messages(String number) {
        return messages.of(number);
    }

    /** Numbers of the WhatsApp channels. */
    public List<String> channels() {
        return channels.whatsAppNumbers();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private CompletableFuture<HttpResponse<String>> post(String from, String to, String message, String secret) {
        Map<String, String> fields = new TreeMap<>(Map.of("from", from, "to", to, "message", message));
        String body = Json.write(fields);
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/webhooks/whatsapp"))
                .timeout(TIMEOUT)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        StandardWebhook.headers(secret, StandardWebhook.newId(), body).forEach(request::header);
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
