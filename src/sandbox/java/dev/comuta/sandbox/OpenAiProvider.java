package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * An OpenAI-compatible API that requires a bearer key. Each request consumes one entry of the script. When the script
 * is empty, the API echoes the last text of the user, or answers a request for the summary of a call in the form of its
 * schema. An entry is an assistant message, or a complete body when it has {@code choices} or {@code error}. Audio becomes
 * text as {@link Transcriptions} describes.
 */
final class OpenAiProvider implements SimulatedProvider {

    static final String KEY = "sandbox-openai-key";

    private final Deque<JsonNode> script = new ConcurrentLinkedDeque<>();
    private final Transcriptions transcriptions = new Transcriptions();

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public boolean owns(String path) {
        return path.startsWith("/openai/");
    }

    @Override
    public void answer(Exchange exchange) {
        if (!exchange.header("authorization").equals("Bearer " + KEY)) {
            exchange.answer(401, Map.of("error", Map.of("code", "invalid_api_key", "type", "invalid_request_error")));
        } else if (exchange.method().equals("POST") && exchange.path().equals("/openai/v1/chat/completions")) {
            complete(exchange);
        } else if (exchange.method().equals("POST") && exchange.path().equals("/openai/v1/audio/transcriptions")) {
            transcriptions.answer(exchange);
        } else {
            exchange.answer(404, Map.of("error", Map.of("message", "unknown path")));
        }
    }

    Transcriptions transcriptions() {
        return transcriptions;
    }

    void script(List<JsonNode> entries) {
        script.clear();
        script.addAll(entries);
    }

    private void complete(Exchange exchange) {
        JsonNode request = Json.read(exchange.body());
        if (request.path("model").asText().isEmpty()
                || !request.path("messages").isArray()) {
            exchange.answer(400, Map.of("error", Map.of("type", "invalid_request_error")));
            return;
        }
        JsonNode next = script.poll();
        if (next == null) {
            exchange.answer(200, completion(Map.of("role", "assistant", "content", answer(request))));
        } else if (next.has("choices") || next.has("error")) {
            exchange.answer(200, next);
        } else {
            exchange.answer(200, completion(next));
        }
    }

    private static String answer(JsonNode request) {
        JsonNode schema = request.path("response_format")
                .path("json_schema")
                .path("schema")
                .path("properties");
        return schema.has("summary") ? summary(request, schema) : echo(request);
    }

    /** What was said last, and the first outcome. */
    private static String summary(JsonNode request, JsonNode schema) {
        JsonNode said =
                Json.read(request.path("messages").path(1).path("content").asText());
        Map<String, Object> summary = new HashMap<>();
        summary.put(
                "summary",
                "Por último: " + said.path(said.size() - 1).path("disse").asText());
        summary.put("outcome", schema.path("outcome").path("enum").path(0).textValue());
        return Json.write(summary);
    }

    private static String echo(JsonNode request) {
        String last = "";
        for (JsonNode message : request.path("messages")) {
            if (message.path("role").asText().equals("user")) {
                last = message.path("content").asText();
            }
        }
        return "Você disse: " + last;
    }

    private static Map<String, Object> completion(Object message) {
        return Map.of(
                "id",
                "chatcmpl-sandbox",
                "object",
                "chat.completion",
                "choices",
                List.of(Map.of("index", 0, "message", message, "finish_reason", "stop")),
                "usage",
                Map.of("prompt_tokens", 20, "completion_tokens", 10, "total_tokens", 30));
    }
}
