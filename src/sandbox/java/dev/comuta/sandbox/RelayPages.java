package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.sandbox.voice.relay.RelaySocket;
import dev.comuta.sandbox.voice.relay.Relays;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the control API asks about the sockets of assistants on calls. */
final class RelayPages {

    private final Relays relays;

    RelayPages(Relays relays) {
        this.relays = relays;
    }

    /** Answers a request for one of these pages; false when the path is none of them. */
    boolean answer(Exchange exchange) {
        switch (exchange.method() + " " + exchange.path()) {
            case "GET /_sandbox/voice/relays" -> list(exchange);
            case "POST /_sandbox/voice/relays/actions" -> act(exchange);
            case "PUT /_sandbox/voice/relays/faults" -> setFaults(exchange);
            case "PUT /_sandbox/voice/relays/routes" -> setRoute(exchange);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Cuts the socket of a call; false when the call has none. */
    boolean drop(String callSid) {
        RelaySocket socket = open(callSid);
        if (socket != null) {
            socket.drop();
        }
        return socket != null;
    }

    private RelaySocket open(String callSid) {
        List<RelaySocket> own = relays.sockets(callSid);
        return own.isEmpty() || !own.getLast().isOpen() ? null : own.getLast();
    }

    private void list(Exchange exchange) {
        String callSid = exchange.parameter("callSid");
        List<RelaySocket> found = callSid.isEmpty() ? relays.sockets() : relays.sockets(callSid);
        exchange.answer(200, found.stream().map(RelaySocket::described).toList());
    }

    /** Acts on the open socket of a call. */
    private void act(Exchange exchange) {
        JsonNode action = Json.read(exchange.body());
        RelaySocket socket = open(action.path("callSid").asText());
        if (socket == null) {
            exchange.answer(404, Map.of("error", "the call has no open socket"));
            return;
        }
        switch (action.path("action").asText()) {
            case "drop" -> socket.drop();
            case "send" -> socket.send(action.path("frame").asText());
            case "repeat" -> socket.repeat();
            default -> {
                exchange.answer(400, Map.of("error", "action must be drop, send or repeat"));
                return;
            }
        }
        exchange.answer(200, socket.described());
    }

    /** Of one call, or of all later sockets. */
    private void setFaults(Exchange exchange) {
        JsonNode wanted = Json.read(exchange.body());
        Duration delay = Duration.ofMillis(wanted.path("delayMs").asLong());
        boolean twice = wanted.path("twice").asBoolean();
        if (!wanted.has("callSid")) {
            relays.delay(delay);
            relays.twice(twice);
            exchange.answerNothing();
            return;
        }
        RelaySocket socket = open(wanted.path("callSid").asText());
        if (socket == null) {
            exchange.answer(404, Map.of("error", "the call has no open socket"));
            return;
        }
        socket.delay(delay);
        socket.twice(twice);
        exchange.answerNothing();
    }

    private void setRoute(Exchange exchange) {
        JsonNode route = Json.read(exchange.body());
        relays.route(
                route.path("authority").asText(), URI.create(route.path("to").asText()));
        exchange.answerNothing();
    }
}
