package dev.comuta.provider.openai;

import dev.comuta.assistant.ToolSetup;
import dev.comuta.assistant.turn.Turn;
import dev.comuta.assistant.turn.Turn.ToolResult;
import dev.comuta.assistant.turn.Turn.TurnMessage;
import dev.comuta.platform.http.StorableText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;

/** The request of a chat completion for a turn. It contains data of this tenant only. */
final class OpenAiPrompt {

    /** Name of the tool that hands the session over to a person. */
    static final String HAND_OFF = "transferir_para_atendente";

    /** The parameter of that tool: a text for the end user. */
    static final String HAND_OFF_TEXT = "mensagem";

    private static final String INSTRUCTIONS = "instructions";
    private static final String END_USER = "Usuário-Cliente";
    private static final String UNKNOWN_OUTCOME =
            "the outcome of the call is unknown: it may have had its effect; do not repeat it without a question";
    private static final int LONGEST_RESULT = 20_000;
    private static final int LONGEST_ID = 200;
    private static final int LONGEST_NAME = 64;

    private final JsonArray messages = new JsonArray();
    private final JsonArray tools;
    private final Set<String> ids = new HashSet<>();

    private OpenAiPrompt(JsonArray tools) {
        this.tools = tools;
    }

    static OpenAiPrompt of(Turn turn) {
        OpenAiPrompt prompt = new OpenAiPrompt(tools(turn));
        if (turn.assistant().configuration().getValue(INSTRUCTIONS) instanceof String instructions) {
            prompt.addText("system", instructions);
        }
        turn.history().forEach(prompt::add);
        turn.unanswered().forEach(prompt::add);
        turn.results().stream().filter(result -> result.toolName() != null).forEach(prompt::add);
        return prompt;
    }

    /** The body of the request. */
    JsonObject body(String model) {
        return new JsonObject()
                .put("model", model)
                .put("messages", messages)
                .put("tools", tools)
                .put("stream", false);
    }

    /** Adds a tool call of the model and its result. */
    void add(String callId, String tool, JsonObject arguments, String result) {
        String id = uniqueId(callId);
        JsonObject function = new JsonObject().put("name", validName(tool)).put("arguments", arguments.encode());
        JsonObject call = new JsonObject().put("id", id).put("type", "function").put("function", function);
        messages.add(new JsonObject()
                .put("role", "assistant")
                .putNull("content")
                .put("tool_calls", new JsonArray().add(call)));
        messages.add(
                new JsonObject().put("role", "tool").put("tool_call_id", id).put("content", result));
    }

    private void add(ToolResult result) {
        String content = result.failed()
                ? error(result.hasUnknownOutcome() ? UNKNOWN_OUTCOME : "the look-up failed")
                : truncated(result.result().encode());
        add(result.callId(), result.toolName(), result.arguments(), content);
    }

    private void add(TurnMessage message) {
        String words = message.words();
        String text = words == null ? "[" + message.content().contentType() + "]" : words;
        addText(END_USER.equals(message.senderType()) ? "user" : "assistant", text);
    }

    private void addText(String role, String text) {
        messages.add(new JsonObject().put("role", role).put("content", text));
    }

    /** The result of a call that failed or was not made. */
    static String error(String cause) {
        return new JsonObject().put("error", cause).encode();
    }

    /**
     * The id that the model gave a tool call. An unusable one is replaced: some servers send none, or the same one for
     * all calls.
     */
    private String uniqueId(String callId) {
        boolean usable = callId != null && !callId.isBlank() && callId.length() <= LONGEST_ID && ids.add(callId);
        if (usable) {
            return callId;
        }
        String id = "call_comuta_" + ids.size();
        ids.add(id);
        return id;
    }

    /** The name without characters that the API rejects: a model may have invented it. */
    private static String validName(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_-]", "_");
        return plain.isEmpty() ? "_" : plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
    }

    private static String truncated(String text) {
        return text.length() <= LONGEST_RESULT ? text : StorableText.cut(text, LONGEST_RESULT) + "…";
    }

    private static JsonArray tools(Turn turn) {
        JsonArray tools = new JsonArray();
        turn.assistant().tools().stream()
                .filter(tool -> !HAND_OFF.equals(tool.toolName()))
                .forEach(tool -> tools.add(tool(tool)));
        JsonObject text = new JsonObject()
                .put("type", "string")
                .put("description", "O que dizer à pessoa antes de transferir a conversa");
        JsonObject parameters =
                new JsonObject().put("type", "object").put("properties", new JsonObject().put(HAND_OFF_TEXT, text));
        return tools.add(tool(HAND_OFF, "Transfere a conversa para um atendente humano", parameters));
    }

    private static JsonObject tool(ToolSetup tool) {
        JsonObject schema = tool.configuration().getJsonObject("parameters", new JsonObject());
        JsonObject parameters = new JsonObject()
                .put("type", "object")
                .put("properties", new JsonObject())
                .mergeIn(schema);
        return tool(tool.toolName(), tool.description(), parameters);
    }

    private static JsonObject tool(String name, String description, JsonObject parameters) {
        JsonObject function = new JsonObject().put("name", name);
        if (description != null) {
            function.put("description", description);
        }
        return new JsonObject().put("type", "function").put("function", function.put("parameters", parameters));
    }
}
