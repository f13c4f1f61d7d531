package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.sandbox.PhoneMessage.Progress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * End users' phones: send messages to the server in the form of the channel's provider, report the statuses of what they
 * received, and keep the conversation that the phone page shows.
 */
public final class Telephone implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int NOT_FOUND = 404;
    private static final int NOT_CARRIED = 422;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final PhoneChannels channels;
    private final PhoneMessages messages;
    private final Map<String, PhoneLine> lines;
    private final Reports reports;
    private volatile URI server;

    Telephone(PhoneChannels channels, PhoneMessages messages, Map<String, PhoneLine> lines, Reports reports) {
        this.channels = channels;
        this.messages = messages;
        this.lines = lines;
        this.reports = reports;
    }

    /** How a phone's provider reports a status to the server; a failed future when the server was unreachable. */
    @FunctionalInterface
    interface Reports {
        CompletableFuture<Integer> report(PhoneChannel channel, PhoneMessage message, String status);
    }

    /**
     * The response of the server.
     *
     * @param status HTTP status; 0 when the server was unreachable
     * @param body body of the response, or the error
     */
    public record Answer(int status, String body) {

        /** What the server says about a refused message, for a person; null when it was accepted. */
        String error() {
            if (status >= 200 && status < 300) {
                return null;
            }
            try {
                JsonNode problem = Json.read(body);
                String title = problem.path("title").asText("");
                return problem.path("detail").asText(title.isEmpty() ? body : title);
            } catch (Json.Malformed noProblem) {
                return body;
            }
        }
    }

    /** Sets the address of the server; required before the first message. */
    public void server(URI baseUrl) {
        server = baseUrl;
    }

    /**
     * Sends a text as an end user.
     *
     * @param from number of the end user
     * @param to number of a WhatsApp channel
     * @return 404 when no such channel is known. A failure of the server is an {@link Answer#status}, never an exception.
     */
    public CompletableFuture<Answer> send(String from, String to, String message) {
        return send(from, to, message, null, null);
    }

    /**
     * Sends a message of any type; a reaction is shown on the message to which it belongs.
     *
     * @param content everything but a text, in the form of {@link PhoneContent}; null for a text
     * @param target id of the message that it answers or reacts to; null for none
     */
    CompletableFuture<Answer> send(String from, String to, String text, JsonNode content, Long target) {
        PhoneChannel channel = channels.find(to).orElse(null);
        if (channel == null || server == null) {
            return CompletableFuture.completedFuture(
                    new Answer(NOT_FOUND, "Nenhum canal ativo tem o número " + to + "."));
        }
        PhoneMessage message = PhoneMessage.draft(from, to, text, content, newId(channel), target);
        PhoneMessage targeted = messages.find(target).orElse(null);
        if (PhoneContent.typeOf(content).equals(PhoneContent.REACTION)) {
            return react(channel, message, targeted);
        }
        return deliver(channel, messages.add(message), message, targeted);
    }

    /** Sends a message that the server did not accept another time, with the same id of the provider. */
    CompletableFuture<Answer> sendAgain(long id) {
        PhoneMessage message = messages.find(id).orElse(null);
        PhoneChannel channel =
                message == null ? null : channels.find(message.to()).orElse(null);
        if (channel == null || server == null) {
            return CompletableFuture.completedFuture(
                    new Answer(NOT_FOUND, "A mensagem ou o canal dela não existe mais."));
        }
        messages.change(id, one -> one.withStatus(null, null));
        return deliver(channel, id, message, messages.find(message.replyTo()).orElse(null));
    }

    private CompletableFuture<Answer> deliver(
            PhoneChannel channel, long id, PhoneMessage message, PhoneMessage targeted) {
        return post(channel, message, targeted).thenApply(answer -> {
            messages.change(id, one -> one.withStatus(answer.status(), answer.error()));
            return answer;
        });
    }

    /** Reports that the phone received or read a message of a company, with all statuses before that one. */
    CompletableFuture<Void> report(long id, Progress reached) {
        PhoneMessage message = messages.find(id).orElse(null);
        PhoneChannel channel =
                message == null ? null : channels.find(message.from()).orElse(null);
        if (channel == null || server == null || channel.provider().equals(PhoneChannel.GATEWAY)) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
        for (Progress step : Progress.values()) {
            boolean isNew = message.progress() == null || message.progress().compareTo(step) < 0;
            if (isNew && step.compareTo(reached) <= 0) {
                messages.change(id, one -> one.withProgress(step));
                done = done.thenCompose(before -> reports.report(channel, message, step.word()))
                        .handle((status, failure) -> null);
            }
        }
        return done;
    }

    /** All messages from or to a number, in order. */
    public List<PhoneMessage> messages(String number) {
        return messages.of(number);
    }

    /** Numbers of the WhatsApp channels. */
    public List<String> channels() {
        return channels.all().stream().map(PhoneChannel::number).toList();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private CompletableFuture<Answer> react(PhoneChannel channel, PhoneMessage message, PhoneMessage target) {
        return post(channel, message, target).thenApply(answer -> {
            if (target != null && answer.error() == null) {
                String emoji = message.content().path("emoji").asText();
                messages.change(target.id(), one -> one.withReaction(message.from(), emoji));
            }
            return answer;
        });
    }

    private CompletableFuture<Answer> post(PhoneChannel channel, PhoneMessage message, PhoneMessage target) {
        HttpRequest request;
        try {
            request = lines.get(channel.provider())
                    .webhook(server, channel, message, target)
                    .timeout(TIMEOUT)
                    .build();
        } catch (PhoneLine.NotCarried notCarried) {
            return CompletableFuture.completedFuture(new Answer(NOT_CARRIED, notCarried.getMessage()));
        }
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .handle((response, failure) -> failure == null
                        ? new Answer(response.statusCode(), response.body())
                        : new Answer(0, "O servidor não está acessível."));
    }

    private static String newId(PhoneChannel channel) {
        return switch (channel.provider()) {
            case PhoneChannel.META -> "wamid.PHONE" + Secrets.sid("");
            case PhoneChannel.TWILIO -> Secrets.sid("SM");
            default -> StandardWebhook.newId();
        };
    }
}
