package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The phone page at /, and what it asks for under /_sandbox/telefone. */
final class PhonePages {

    private static final String FILES = "/_sandbox/telefone/files/";

    private final Telephone telephone;
    private final PhoneChannels channels;
    private final PhoneFiles files;

    PhonePages(Telephone telephone, PhoneChannels channels, PhoneFiles files) {
        this.telephone = telephone;
        this.channels = channels;
        this.files = files;
    }

    /** Answers a request for one of these pages; false when the path is none of them. */
    boolean answer(Exchange exchange) {
        switch (exchange.method() + " " + exchange.path()) {
            case "GET /" -> exchange.answer(200, "text/html", page());
            case "GET /_sandbox/telefone/channels" -> list(exchange);
            case "GET /_sandbox/telefone/messages" ->
                exchange.answer(200, telephone.messages(exchange.parameter("number")));
            case "POST /_sandbox/telefone/messages" -> send(exchange);
            case "POST /_sandbox/telefone/statuses" -> report(exchange);
            case "POST /_sandbox/telefone/files" -> store(exchange);
            default -> {
                return answerFile(exchange);
            }
        }
        return true;
    }

    /** May ask the database, for which an event loop must not wait. */
    private void list(Exchange exchange) {
        var _ = CompletableFuture.supplyAsync(channels::all)
                .thenAccept(all -> exchange.answer(
                        200, all.stream().map(PhonePages::described).toList()));
    }

    private boolean answerFile(Exchange exchange) {
        if (!exchange.method().equals("GET") || !exchange.path().startsWith(FILES)) {
            return false;
        }
        files.find(exchange.path().substring(FILES.length()))
                .ifPresentOrElse(exchange::answerBytes, () -> exchange.answer(404, Map.of("error", "unknown file")));
        return true;
    }

    private static Map<String, String> described(PhoneChannel channel) {
        return Map.of(
                "number", channel.number(),
                "company", channel.company(),
                "provider", channel.provider(),
                "providerId", channel.providerId() == null ? "" : channel.providerId());
    }

    /** Returns the server's status, body and error text; 502 when the server was unreachable. */
    private void send(Exchange exchange) {
        JsonNode message = Json.read(exchange.body());
        JsonNode again = message.path("again");
        var _ = (again.isIntegralNumber() ? telephone.sendAgain(again.longValue()) : send(message))
                .thenAccept(answer -> exchange.answer(answer.status() == 0 ? 502 : answer.status(), described(answer)));
    }

    private CompletableFuture<Telephone.Answer> send(JsonNode message) {
        JsonNode target = message.path("target");
        return telephone.send(
                message.path("from").asText(),
                message.path("to").asText(),
                message.path("message").asText(),
                message.hasNonNull("content") ? message.get("content") : null,
                target.isIntegralNumber() ? Long.valueOf(target.longValue()) : null);
    }

    private static Map<String, Object> described(Telephone.Answer answer) {
        String error = answer.error();
        return Map.of("status", answer.status(), "body", answer.body(), "error", error == null ? "" : error);
    }

    private void report(Exchange exchange) {
        JsonNode report = Json.read(exchange.body());
        String word = report.path("status").asText().toUpperCase(Locale.ROOT);
        if (!word.matches("SENT|DELIVERED|READ")) {
            exchange.answer(400, Map.of("error", "status must be sent, delivered or read"));
            return;
        }
        var _ = telephone
                .report(report.path("id").asLong(), PhoneMessage.Progress.valueOf(word))
                .thenRun(exchange::answerNothing);
    }

    private void store(Exchange exchange) {
        String name = exchange.parameter("name");
        StoredFile file = files.add(exchange.bytes(), exchange.header("content-type"), name.isEmpty() ? null : name);
        exchange.answer(201, PhoneContent.file(file));
    }

    private static String page() {
        try (InputStream in = PhonePages.class.getResourceAsStream("/sandbox/telefone.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
