package dev.comuta.provider.agent;

import dev.comuta.assistant.ToolSetup;
import dev.comuta.assistant.turn.Turn;
import dev.comuta.assistant.turn.Turn.ToolResult;
import dev.comuta.assistant.turn.Turn.TurnMessage;
import dev.comuta.message.content.Content;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The JSON of a turn, as an agent gets it. */
@Schema(name = "AgentTurn", description = "A turn of the assistant: messages of the session and results of tool calls.")
record AgentTurn(
        @Schema(description = "Id of the turn; a retry has the same id", examples = "9")
        long turnId,

        long clientId,
        @Schema(examples = "4") long sessionId,

        @Schema(description = "Latest messages of the session, oldest first, the unanswered ones last")
        List<Message> messages,

        @Schema(description = "Tool calls that ended since the last answer, oldest first")
        List<Result> results,

        @Schema(description = "Tools that the agent may call")
        List<Tool> tools) {

    @Schema(name = "AgentTurnMessage", description = "A message of the session.")
    record Message(
            @Schema(description = "Id of the message", examples = "7")
            long messageId,

            @Schema(ref = "SenderType", description = "Sender of the message")
            String senderType,

            @Schema(description = "Content of the message") Content content,

            @Schema(
                    nullable = true,
                    description =
                            "What was said in the audio file; null when it has no transcript, or nothing was said",
                    examples = "Quero visitar a casa no sábado.")
            String transcript,

            @Schema(description = "Time at which the message was stored", format = "date-time")
            String at,

            @Schema(description = "Whether the message is still unanswered", examples = "true")
            boolean unanswered) {

        private static Message of(TurnMessage message, boolean unanswered) {
            return new Message(
                    message.messageId(),
                    message.senderType(),
                    message.content(),
                    message.transcript(),
                    message.at().toString(),
                    unanswered);
        }
    }

    @Schema(name = "AgentTurnResult", description = "A tool call that ended.")
    record Result(
            @Schema(
                    description = "Name of the tool; null when the task named none",
                    nullable = true,
                    examples = "buscar_imoveis")
            String tool,

            @Schema(description = "Arguments of the call", examples = "{\"bairro\": \"Centro\"}")
            Map<String, Object> arguments,

            @Schema(description = "Whether the call finally failed or was canceled")
            boolean failed,

            @Schema(
                    description =
                            "Whether a failed call may have had its effect; then it must not be repeated without a question")
            boolean unknownOutcome,

            @Schema(
                    description = "Result of the call; null when `failed` is true",
                    nullable = true,
                    examples = "{\"propriedades\": [\"Imóvel A\", \"Imóvel B\"]}")
            Map<String, Object> result) {

        private static Result of(ToolResult result) {
            return new Result(
                    result.toolName(),
                    map(result.arguments()),
                    result.failed(),
                    result.hasUnknownOutcome(),
                    map(result.result()));
        }
    }

    @Schema(name = "AgentTurnTool", description = "A tool that the agent may call.")
    record Tool(
            @Schema(description = "Name of the tool", examples = "buscar_imoveis")
            String tool,

            @Schema(
                    description = "Text that helps to decide when to use the tool; null when not given",
                    nullable = true,
                    examples = "Imóveis de um bairro")
            String description,

            @Schema(
                    description = "JSON Schema of the arguments; null when any are accepted",
                    nullable = true,
                    examples = "{\"type\": \"object\"}")
            Map<String, Object> parameters) {

        private static Tool of(ToolSetup tool) {
            return new Tool(
                    tool.toolName(),
                    tool.description(),
                    map(tool.configuration().getJsonObject("parameters")));
        }
    }

    static AgentTurn of(Turn turn) {
        Stream<Message> history = turn.history().stream().map(message -> Message.of(message, false));
        Stream<Message> unanswered = turn.unanswered().stream().map(message -> Message.of(message, true));
        return new AgentTurn(
                turn.turnId(),
                turn.clientId(),
                turn.sessionId(),
                Stream.concat(history, unanswered).toList(),
                turn.results().stream().map(Result::of).toList(),
                turn.assistant().tools().stream().map(Tool::of).toList());
    }

    Buffer toBuffer() {
        return Json.encodeToBuffer(this);
    }

    private static Map<String, Object> map(JsonObject json) {
        return json == null ? null : json.getMap();
    }
}
