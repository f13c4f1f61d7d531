package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.sandbox.voice.CallRecord;
import dev.comuta.sandbox.voice.CallbackFaults;
import dev.comuta.sandbox.voice.PhoneLeg;
import dev.comuta.sandbox.voice.PhoneScript;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What the phone page and the control API ask about calls. */
final class VoicePages {

    private static final int SHOWN = 5;

    private final VoiceSimulation voice;
    private final RelayPages relays;

    VoicePages(VoiceSimulation voice) {
        this.voice = voice;
        this.relays = new RelayPages(voice.twilio().relays());
    }

    /** Answers a request for one of these pages; false when the path is none of them. */
    boolean answer(Exchange exchange) {
        switch (exchange.method() + " " + exchange.path()) {
            case "GET /_sandbox/telefone/voice" -> listNumbers(exchange);
            case "GET /_sandbox/telefone/calls" -> listCalls(exchange);
            case "POST /_sandbox/telefone/calls" -> place(exchange);
            case "POST /_sandbox/telefone/calls/actions" -> act(exchange);
            case "GET /_sandbox/voice/calls" -> exchange.answer(200, allCalls());
            case "PUT /_sandbox/voice/scripts" -> setScript(exchange);
            case "PUT /_sandbox/voice/callbacks" -> setCallbacks(exchange);
            case "PUT /_sandbox/voice/pace" -> setPace(exchange);
            default -> {
                return relays.answer(exchange);
            }
        }
        return true;
    }

    /** May ask the database, for which an event loop must not wait. */
    private void listNumbers(Exchange exchange) {
        var _ = CompletableFuture.supplyAsync(voice::numbers)
                .handle((numbers, failure) -> failure == null ? numbers : List.<PhoneChannel>of())
                .thenAccept(numbers -> exchange.answer(
                        200,
                        numbers.stream()
                                .map(one -> Map.of(
                                        "number", one.number(),
                                        "company", one.company(),
                                        "provider", one.provider()))
                                .toList()));
    }

    /** The last calls of a phone, the newest first. */
    private void listCalls(Exchange exchange) {
        exchange.answer(
                200,
                voice.phones().calls(exchange.parameter("number")).reversed().stream()
                        .limit(SHOWN)
                        .map(VoicePages::described)
                        .toList());
    }

    private static Map<String, Object> described(PhoneLeg leg) {
        return Map.of(
                "callSid", leg.callSid(),
                "other", leg.other(),
                "outgoing", leg.outgoing(),
                "state", leg.state(),
                "asked", leg.asked(),
                "speaking", leg.speaking(),
                "since", leg.since(),
                "heard", leg.heard());
    }

    private void place(Exchange exchange) {
        JsonNode call = Json.read(exchange.body());
        voice.call(
                        call.path("from").asText(),
                        call.path("to").asText(),
                        call.path("withheld").asBoolean())
                .ifPresentOrElse(
                        leg -> exchange.answer(201, described(leg)),
                        () -> exchange.answer(404, Map.of("error", "Nenhum canal de voz ativo tem este número.")));
    }

    private void act(Exchange exchange) {
        JsonNode action = Json.read(exchange.body());
        String sid = action.path("callSid").asText();
        PhoneLeg leg = voice.phones().calls().stream()
                .filter(one -> one.callSid().equals(sid))
                .findFirst()
                .orElse(null);
        if (leg == null) {
            exchange.answer(404, Map.of("error", "unknown call"));
            return;
        }
        switch (action.path("action").asText()) {
            case "answer" -> leg.answer();
            case "decline" -> leg.decline();
            case "press" -> leg.press(action.path("text").asText());
            case "say" -> leg.say(action.path("text").asText());
            case "hangUp" -> leg.hangUp();
            case "dropSocket" -> relays.drop(sid);
            default -> {
                exchange.answer(
                        400, Map.of("error", "action must be answer, decline, press, say, hangUp or dropSocket"));
                return;
            }
        }
        exchange.answer(200, described(leg));
    }

    private List<CallRecord> allCalls() {
        return Stream.concat(voice.twilio().calls().stream(), voice.gateway().calls().stream())
                .toList();
    }

    private void setScript(Exchange exchange) {
        JsonNode script = Json.read(exchange.body());
        PhoneScript read;
        try {
            read = PhoneScript.read(script);
        } catch (IllegalArgumentException unknown) {
            exchange.answer(400, Map.of("error", unknown.getMessage()));
            return;
        }
        voice.phones().script(script.path("number").asText(), read);
        exchange.answerNothing();
    }

    private void setCallbacks(Exchange exchange) {
        JsonNode wanted = Json.read(exchange.body());
        CallbackFaults faults = CallbackFaults.seeded(wanted.path("seed").asLong())
                .dropping(wanted.path("drop").asDouble())
                .duplicating(wanted.path("duplicate").asDouble())
                .shuffling(Duration.ofMillis(wanted.path("shuffleMs").asLong()));
        voice.twilio().callbacks(faults);
        voice.gateway().callbacks(faults);
        exchange.answerNothing();
    }

    private void setPace(Exchange exchange) {
        voice.pace()
                .secondLasts(Duration.ofMillis(
                        Json.read(exchange.body()).path("secondLastsMs").asLong()));
        exchange.answerNothing();
    }
}
