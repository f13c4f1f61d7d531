package dev.comuta.assistant.tryout;

import dev.comuta.assistant.turn.Answer;
import dev.comuta.platform.problem.PermanentFailure;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The answer of a tried assistant. */
@Schema(name = "TryAnswer", description = "The answer of an assistant: a text, or tool calls that it needs first.")
record TryAnswer(
        @Schema(
                nullable = true,
                description = "Text for the end user; null when the assistant needs tools first, or says nothing",
                examples = "Não entendi.")
        String text,

        @Schema(description = "Whether the session would be handed over to a person", examples = "false")
        boolean handOff,

        @Schema(description = "Tools that the assistant calls before it answers; empty when it has answered")
        List<Call> toolCalls,

        @Schema(description = "Tokens that the model used; 0 without a model", examples = "0")
        long tokens) {

    /** One call of a tool. */
    @Schema(name = "TryToolCall", description = "A tool call that an assistant needs.")
    record Call(
            @Schema(description = "Name of the tool", examples = "buscar_imoveis")
            String tool,

            @Schema(description = "Arguments of the call", examples = "{\"bairro\": \"Centro\"}")
            Map<String, Object> arguments) {

        /** The call with its arguments as maps and lists, whatever they were made of. */
        private static Call of(Answer.ToolCall call) {
            return new Call(call.toolName(), new JsonObject(call.arguments().encode()).getMap());
        }
    }

    static TryAnswer of(Answer answer) {
        return switch (answer) {
            case Answer.Reply reply -> new TryAnswer(reply.text(), false, List.of(), reply.tokens());
            case Answer.HandOff handOff -> new TryAnswer(handOff.text(), true, List.of(), handOff.tokens());
            case Answer.ToolCalls needed ->
                new TryAnswer(null, false, needed.calls().stream().map(Call::of).toList(), needed.tokens());
            case Answer.Unusable _ -> throw new PermanentFailure("the tool calls are invalid, after a correction too");
        };
    }
}
