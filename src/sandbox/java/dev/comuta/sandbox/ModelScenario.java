package dev.comuta.sandbox;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Request bodies that give the registered client one more assistant, with its own number. */
public final class ModelScenario {

    private ModelScenario() {}

    /** An assistant on a model. */
    public static String model() {
        return assistant("Corretora virtual", "openai:test-model");
    }

    /** An assistant on the simulated agent. */
    public static String agent(URI sandbox) {
        return assistant("Agente da casa", "http:" + sandbox.resolve("/agent/turn"));
    }

    /** The association of the client with one of them. Only a model has instructions. */
    public static String association(long assistantId, String assistant) {
        return Json.write(Map.of(
                "assistantId",
                assistantId,
                "configuration",
                assistant.contains("openai:") ? Map.of("instructions", "Você atende a Imobiliária XPTO.") : Map.of(),
                "credentials",
                Map.of("secret", AgentProvider.SECRET)));
    }

    /** The CRM tool of the scenario. */
    public static String tool(URI sandbox) {
        return Json.write(Scenario.tool(sandbox));
    }

    /** The WhatsApp channel of the assistant. */
    public static String channel(String number, URI sandbox, long assistantId, long userId) {
        return Json.write(Scenario.whatsApp(number, sandbox, assistantId, userId));
    }

    /** A model message that calls a tool. */
    public static String call(String id, String tool, Object arguments) {
        Map<String, Object> call = new HashMap<>();
        call.put("id", id);
        call.put("type", "function");
        call.put("function", Map.of("name", tool, "arguments", arguments));
        return message(null, List.of(call));
    }

    /** A model message with text. */
    public static String text(String text) {
        return message(text, null);
    }

    /** A complete response that used this many tokens. */
    public static String body(String text, long tokens) {
        return Json.write(Map.of(
                "choices",
                List.of(Map.of("message", Map.of("role", "assistant", "content", text))),
                "usage",
                Map.of("total_tokens", tokens)));
    }

    private static String message(String content, List<?> calls) {
        Map<String, Object> message = new HashMap<>();
        message.put("role", "assistant");
        message.put("content", content);
        if (calls != null) {
            message.put("tool_calls", calls);
        }
        return Json.write(message);
    }

    private static String assistant(String name, String reference) {
        return Json.write(Map.of("assistantName", name, "implementationReference", reference));
    }
}
