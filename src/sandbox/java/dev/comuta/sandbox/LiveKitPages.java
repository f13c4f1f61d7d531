package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The control of the simulated LiveKit under /_sandbox/livekit. */
final class LiveKitPages {

    private final LiveKitProvider liveKit;

    LiveKitPages(LiveKitProvider liveKit) {
        this.liveKit = liveKit;
    }

    /** Answers a request for one of these pages; false when the path is none of them. */
    boolean answer(Exchange exchange) {
        if (!exchange.path().startsWith("/_sandbox/livekit/")) {
            return false;
        }
        try {
            return answerKnown(exchange);
        } catch (IllegalArgumentException | LiveKitError unknown) {
            exchange.answer(404, Map.of("error", unknown.getMessage()));
            return true;
        }
    }

    private boolean answerKnown(Exchange exchange) {
        switch (exchange.method() + " " + exchange.path()) {
            case "PUT /_sandbox/livekit/delivery" -> {
                liveKit.webhooks().delivery(Json.read(exchange.body(), LiveKitDelivery.class));
                exchange.answerNothing();
            }
            case "PUT /_sandbox/livekit/callee" -> {
                JsonNode callee = Json.read(exchange.body());
                liveKit.callee(key(callee), callee.path("number").asText(), script(callee));
                exchange.answerNothing();
            }
            case "POST /_sandbox/livekit/calls" -> callIn(exchange);
            case "GET /_sandbox/livekit/rooms" ->
                exchange.answer(200, Map.of("rooms", liveKit.rooms(project(exchange.parameter("apiKey")))));
            case "POST /_sandbox/livekit/join" -> {
                JsonNode person = Json.read(exchange.body());
                liveKit.join(
                        key(person),
                        person.path("room").asText(),
                        person.path("identity").asText());
                exchange.answerNothing();
            }
            case "POST /_sandbox/livekit/agents" -> {
                JsonNode agent = Json.read(exchange.body());
                liveKit.agent(key(agent), agent.path("name").asText());
                exchange.answerNothing();
            }
            case "PUT /_sandbox/livekit/recorder" -> {
                JsonNode recorder = Json.read(exchange.body());
                liveKit.recorder(
                        key(recorder),
                        LiveKitRecorder.valueOf(recorder.path("recorder").asText()));
                exchange.answerNothing();
            }
            case "POST /_sandbox/livekit/answer" -> {
                JsonNode call = Json.read(exchange.body());
                liveKit.answer(
                        key(call),
                        call.path("room").asText(),
                        call.path("identity").asText());
                exchange.answerNothing();
            }
            case "POST /_sandbox/livekit/hangup" -> {
                JsonNode call = Json.read(exchange.body());
                liveKit.hangUp(
                        key(call),
                        call.path("room").asText(),
                        call.path("identity").asText());
                exchange.answerNothing();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void callIn(Exchange exchange) {
        JsonNode call = Json.read(exchange.body());
        liveKit.callIn(key(call), call.path("from").asText(), call.path("to").asText(), Map.of())
                .ifPresentOrElse(
                        room -> exchange.answer(201, Map.of("room", room)),
                        () -> exchange.answer(404, Map.of("error", "no dispatch rule for this number")));
    }

    /** The project of a key; that of {@code make run} when none is named. */
    private static String project(String apiKey) {
        return apiKey == null || apiKey.isEmpty() ? LiveKitProvider.SANDBOX : apiKey;
    }

    private static String key(JsonNode request) {
        return request.path("apiKey").asText(LiveKitProvider.SANDBOX);
    }

    private static LiveKitCallee[] script(JsonNode callee) {
        return StreamSupport.stream(callee.path("script").spliterator(), false)
                .map(word -> LiveKitCallee.valueOf(word.asText()))
                .toArray(LiveKitCallee[]::new);
    }
}
