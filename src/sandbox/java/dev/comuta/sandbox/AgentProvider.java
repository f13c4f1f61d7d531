package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An agent that a client hosts. It verifies the signed turn, calls its first tool with the last text, replies with the
 * result, and hands off when the end user asks for a person.
 */
final class AgentProvider implements SimulatedProvider {

    static final String SECRET = "whsec_c2FuZGJveC1hZ2VudC1zZWNyZXQtMzItYnl0ZXMtbG9uZy4=";

    @Override
    public String name() {
        return "agent";
    }

    @Override
    public boolean owns(String path) {
        return path.startsWith("/agent/");
    }

    @Override
    public void answer(Exchange exchange) {
        if (!exchange.method().equals("POST") || !exchange.path().equals("/agent/turn")) {
            exchange.answer(404, Map.of("error", "unknown path"));
        } else if (!isSigned(exchange)) {
            exchange.answer(401, Map.of("error", "wrong signature"));
        } else {
            exchange.answer(200, answerTo(Json.read(exchange.body())));
        }
    }

    private static boolean isSigned(Exchange exchange) {
        return StandardWebhook.verify(
                SECRET,
                exchange.header("webhook-id"),
                exchange.header("webhook-timestamp"),
                exchange.header("webhook-signature"),
                exchange.body());
    }

    private static Map<String, Object> answerTo(JsonNode turn) {
        List<String> unanswered = new ArrayList<>();
        for (JsonNode message : turn.path("messages")) {
            if (message.path("unanswered").asBoolean()) {
                unanswered.add(message.path("content").path("text").asText());
            }
        }
        String last = unanswered.getLast();
        if (last.contains("humano")) {
            return Map.of("handOff", Map.of("text", "Vou chamar uma pessoa."));
        }
        JsonNode results = turn.path("results");
        if (!results.isEmpty()) {
            return Map.of("reply", "O agente encontrou: " + results.path(0).path("result"));
        }
        JsonNode tool = turn.path("tools").path(0);
        if (tool.isMissingNode() || !last.contains("imóveis")) {
            return Map.of("reply", "O agente leu: " + String.join(" / ", unanswered));
        }
        String parameter = tool.path("parameters").path("required").path(0).asText();
        return Map.of(
                "toolCalls", List.of(Map.of("tool", tool.path("tool").asText(), "arguments", Map.of(parameter, last))));
    }
}
