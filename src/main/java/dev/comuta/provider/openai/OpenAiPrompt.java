package dev.comuta.provider.openai;

import dev.comuta.assistant.ToolSetup;
import dev.comuta.assistant.turn.Turn;
import dev.comuta.assistant.turn.Turn.ToolResult;
import dev.comuta.assistant.turn.Turn.TurnMessage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;

/** A turn as the request of a chat completion: this tenant's data and nothing else. */
final class OpenAiPrompt {

    /** The tool by which the model hands over to a person. */
    static final String HAND_OFF = "transferir_para_atendente";

    /** What the model may say at the hand-off. */
    static final String HAND_OFF_TEXT = "mensagem";

    private static final String INSTRUCTIONS = "instructions";
    private static final String END_USER = "Usuário-Cliente";
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
            prompt.say("system", instructions);
        }
        turn.history().forEach(prompt::add);
        turn.unanswered().forEach(prompt::add);
        turn.results().stream().filter(result -> result.toolName() != null).forEach(prompt::add);
        return prompt;
    }

    /** The request's body. */
    JsonObject body(String model) {
        return new JsonObject()
                .put("model", model)
                .put("messages", messages)
                .put("tools", tools)
                .put("stream", false);
    }

    /** Adds a call that the model made and what became of it. */
    void add(String callId, String tool, JsonObject arguments, String result) {
        String id = unused(callId);
        JsonObject function = new JsonObject().put("name", spelled(tool)).put("arguments", arguments.encode());
        JsonObject call = new JsonObject().put("id", id).put("type", "function").put("function", function);
        messages.add(new JsonObject()
                .put("role", "assistant")
                .putNull("content")
                .put("tool_calls", new JsonArray().add(call)));
        messages.add(
                new JsonObject().put("role", "tool").put("tool_call_id", id).put("content", result));
    }

    private void add(ToolResult result) {
        String said = result.failed()
                ? error("the look-up failed")
                : shortened(result.result().encode());
        add(result.callId(), result.toolName(), result.arguments(), said);
    }

    private void add(TurnMessage message) {
        String readable = message.content().readableText();
        String text = readable == null ? "[" + message.content().contentType() + "]" : readable;
        say(END_USER.equals(message.senderType()) ? "user" : "assistant", text);
    }

    private void say(String role, String text) {
        messages.add(new JsonObject().put("role", role).put("content", text));
    }

    /** What the model is told of a call that was not made. */
    static String error(String what) {
        return new JsonObject().put("error", what).encode();
    }

    /** The model's own id while no other call has it; one of ours otherwise, as some servers send none or one for all. */
    private String unused(String callId) {
        boolean usable = callId != null && !callId.isBlank() && callId.length() <= LONGEST_ID && ids.add(callId);
        if (usable) {
            return callId;
        }
        String made = "call_comuta_" + ids.size();
        ids.add(made);
        return made;
    }

    /** As the API accepts a name: a model may have invented one that it would refuse. */
    private static String spelled(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_-]", "_");
        return plain.isEmpty() ? "_" : plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_RESULT ? text : text.substring(0, LONGEST_RESULT) + "…";
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
