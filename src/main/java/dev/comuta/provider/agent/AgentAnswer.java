package dev.comuta.provider.agent;

import dev.comuta.assistant.turn.Answer;
import dev.comuta.assistant.turn.Answer.ToolCall;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.problem.PermanentFailure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An agent's answer: exactly one of {@code {"reply": "…"}}, {@code {"toolCalls": [{"tool": "…", "arguments": {…}}]}} and
 * {@code {"handOff": {"text": "…"}}}, whose text is optional. Other fields are ignored.
 */
final class AgentAnswer {

    static final String REPLY_EXAMPLE = "{\"reply\": \"Olá!\"}";
    static final String CALLS_EXAMPLE =
            "{\"toolCalls\": [{\"tool\": \"buscar_imoveis\", \"arguments\": {\"bairro\": \"Centro\"}}]}";
    static final String HAND_OFF_EXAMPLE = "{\"handOff\": {\"text\": \"Vou chamar um corretor.\"}}";

    private static final int LONGEST_TEXT = 4096;
    private static final String REPLY = "reply";
    private static final String TOOL_CALLS = "toolCalls";
    private static final String HAND_OFF = "handOff";

    private AgentAnswer() {}

    /** The JSON of an answer, as an agent writes it. */
    @Schema(
            name = "AgentAnswer",
            description = "Answer of the agent: exactly one of the three fields. Unknown fields are ignored.")
    record Body(
            @Schema(description = "Text to the end user, 1 to 4096 characters", examples = "Olá!")
            String reply,

            @Schema(description = "Tools to call; the agent gets another turn with their results")
            List<CallBody> toolCalls,

            @Schema(description = "Hands the session over to a person")
            HandOffBody handOff) {}

    @Schema(name = "AgentToolCall", description = "A call of a tool.")
    record CallBody(
            @Schema(description = "Name of the tool", required = true, examples = "buscar_imoveis")
            String tool,

            @Schema(description = "Arguments that match the tool's schema", examples = "{\"bairro\": \"Centro\"}")
            Map<String, Object> arguments) {}

    @Schema(name = "AgentHandOff", description = "Hands the session over to a person.")
    record HandOffBody(
            @Schema(description = "Text to the end user, 1 to 4096 characters", examples = "Vou chamar um corretor.")
            String text) {}

    /** Reads an answer. Fails with a {@link PermanentFailure} that names the error in it. */
    static Answer read(String body) {
        JsonObject answer = parsed(body);
        List<String> kinds = Stream.of(REPLY, TOOL_CALLS, HAND_OFF)
                .filter(kind -> answer.getValue(kind) != null)
                .toList();
        if (kinds.size() != 1) {
            throw invalid("must have exactly one of reply, toolCalls and handOff");
        }
        return switch (kinds.getFirst()) {
            case REPLY -> new Answer.Reply(text(REPLY, answer.getValue(REPLY)));
            case TOOL_CALLS -> new Answer.ToolCalls(calls(answer.getValue(TOOL_CALLS)));
            default -> handOff(answer.getValue(HAND_OFF));
        };
    }

    private static Answer handOff(Object value) {
        if (!(value instanceof JsonObject handOff)) {
            throw invalid("handOff must be an object");
        }
        Object text = handOff.getValue("text");
        return new Answer.HandOff(text == null ? null : text("handOff.text", text));
    }

    private static List<ToolCall> calls(Object value) {
        if (!(value instanceof JsonArray calls) || calls.isEmpty()) {
            throw invalid("toolCalls must be an array with at least one call");
        }
        return calls.stream().map(AgentAnswer::call).toList();
    }

    private static ToolCall call(Object value) {
        if (value instanceof JsonObject call
                && call.getValue("tool") instanceof String tool
                && call.getValue("arguments", new JsonObject()) instanceof JsonObject arguments) {
            return new ToolCall(tool, arguments);
        }
        throw invalid("a call must have a tool, and an object as its arguments");
    }

    private static String text(String field, Object value) {
        boolean fits = value instanceof String text && !text.isBlank() && text.length() <= LONGEST_TEXT;
        if (!fits) {
            throw invalid(field + " must be a text of 1 to " + LONGEST_TEXT + " characters");
        }
        return (String) value;
    }

    private static JsonObject parsed(String body) {
        try {
            return UntrustedJson.object(Buffer.buffer(body));
        } catch (DecodeException | ClassCastException notAnObject) {
            throw new PermanentFailure("the agent's answer is not a JSON object", notAnObject);
        }
    }

    private static PermanentFailure invalid(String error) {
        return new PermanentFailure("the agent's answer is invalid: " + error);
    }
}
