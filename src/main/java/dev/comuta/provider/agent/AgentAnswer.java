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
 * {@code {"handOff": {"text": "…"}}}, its text optional. Other fields are passed over.
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

    /** An answer as an agent writes it. */
    @Schema(
            name = "AgentAnswer",
            description = "Answer of the agent: exactly one of the three. Unknown fields are ignored.")
    record Body(
            @Schema(description = "Text to the end user, 1 to 4096 characters", examples = "Olá!")
            String reply,

            @Schema(description = "Tools to call; the agent is asked again with their results")
            List<CallBody> toolCalls,

            @Schema(description = "Hands the session over to a person")
            HandOffBody handOff) {}

    @Schema(name = "AgentToolCall", description = "A call of a tool.")
    record CallBody(
            @Schema(description = "Name of the tool", required = true, examples = "buscar_imoveis")
            String tool,

            @Schema(description = "Arguments, as the tool's schema requires", examples = "{\"bairro\": \"Centro\"}")
            Map<String, Object> arguments) {}

    @Schema(name = "AgentHandOff", description = "Hands the session over to a person.")
    record HandOffBody(
            @Schema(description = "Text to the end user, 1 to 4096 characters", examples = "Vou chamar um corretor.")
            String text) {}

    /** Fails with a {@link PermanentFailure} that names what is wrong with the answer. */
    static Answer read(Buffer body) {
        JsonObject answer = parsed(body);
        List<String> said = Stream.of(REPLY, TOOL_CALLS, HAND_OFF)
                .filter(kind -> answer.getValue(kind) != null)
                .toList();
        if (said.size() != 1) {
            throw wrong("must have one of reply, toolCalls and handOff");
        }
        return switch (said.getFirst()) {
            case REPLY -> new Answer.Reply(text(REPLY, answer.getValue(REPLY)));
            case TOOL_CALLS -> new Answer.ToolCalls(calls(answer.getValue(TOOL_CALLS)));
            default -> handOff(answer.getValue(HAND_OFF));
        };
    }

    private static Answer handOff(Object value) {
        if (!(value instanceof JsonObject handOff)) {
            throw wrong("handOff must be an object");
        }
        Object text = handOff.getValue("text");
        return new Answer.HandOff(text == null ? null : text("handOff.text", text));
    }

    private static List<ToolCall> calls(Object value) {
        if (!(value instanceof JsonArray calls) || calls.isEmpty()) {
            throw wrong("toolCalls must be an array with calls");
        }
        return calls.stream().map(AgentAnswer::call).toList();
    }

    private static ToolCall call(Object value) {
        if (value instanceof JsonObject call
                && call.getValue("tool") instanceof String tool
                && call.getValue("arguments", new JsonObject()) instanceof JsonObject arguments) {
            return new ToolCall(tool, arguments);
        }
        throw wrong("a call must have a tool and its arguments");
    }

    private static String text(String field, Object value) {
        boolean fits = value instanceof String text
                && !text.isBlank()
                && text.length() <= LONGEST_TEXT
                && text.indexOf('\0') < 0;
        if (!fits) {
            throw wrong(field + " must be a text of 1 to " + LONGEST_TEXT + " characters");
        }
        return (String) value;
    }

    private static JsonObject parsed(Buffer body) {
        try {
            return UntrustedJson.object(body);
        } catch (DecodeException | ClassCastException noObject) {
            throw new PermanentFailure("the agent's answer is no JSON object", noObject);
        }
    }

    private static PermanentFailure wrong(String what) {
        return new PermanentFailure("the agent's answer is wrong: " + what);
    }
}
