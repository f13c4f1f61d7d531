package dev.comuta.assistant.turn;

import dev.comuta.assistant.AssistantSetup;
import dev.comuta.assistant.ToolSetup;
import dev.comuta.assistant.expression.BoundedSchema;
import dev.comuta.assistant.expression.Evaluation;
import dev.comuta.assistant.expression.InvalidExpression;
import dev.comuta.assistant.expression.UrlTemplate;
import dev.comuta.assistant.turn.Answer.ToolCall;
import dev.comuta.platform.problem.PermanentFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the tool calls that a model or an agent requests. The tool must be one of the assistant's, and the arguments
 * must match its JSON Schema (draft 2020-12) and fit its URL. Clients write the schemas, so they are
 * {@link BoundedSchema}s, and are evaluated outside the event loop.
 */
@ApplicationScoped
public class CallCheck {

    /**
     * For each call the error in it, as a text for the model or agent that requested it; empty when the call is valid.
     * Fails with a {@link PermanentFailure} when a tool's schema is invalid.
     */
    public Uni<List<Optional<String>>> objections(long clientId, AssistantSetup assistant, List<ToolCall> calls) {
        return Evaluation.of(
                clientId,
                () -> calls.stream().map(call -> objection(assistant, call)).toList());
    }

    private Optional<String> objection(AssistantSetup assistant, ToolCall call) {
        Optional<ToolSetup> tool = assistant.tools().stream()
                .filter(each -> each.toolName().equals(call.toolName()))
                .findFirst();
        if (tool.isEmpty()) {
            return Optional.of("there is no such tool");
        }
        JsonObject configuration = tool.get().configuration();
        return objection(configuration.getJsonObject("parameters"), call.arguments())
                .or(() -> urlObjection(configuration, call.arguments()));
    }

    /** The argument that does not fit the tool's URL. The call itself reports an error in the template. */
    private static Optional<String> urlObjection(JsonObject configuration, JsonObject arguments) {
        try {
            UrlTemplate.of(configuration.getString("url")).fill(arguments, configuration.getJsonObject("parameters"));
            return Optional.empty();
        } catch (InvalidExpression unfit) {
            return Optional.of(unfit.path() + " " + unfit.getMessage()).filter(error -> error.startsWith("."));
        }
    }

    private Optional<String> objection(JsonObject schema, JsonObject arguments) {
        if (schema == null) {
            return Optional.empty();
        }
        try {
            return BoundedSchema.of(map(schema)).errors(map(arguments));
        } catch (InvalidExpression invalid) {
            throw new PermanentFailure(
                    "the parameters of a tool are invalid: " + invalid.path() + " " + invalid.getMessage(), invalid);
        }
    }

    /** The object as maps and lists, whatever its parts were made of. */
    private static Map<String, Object> map(JsonObject object) {
        return new JsonObject(object.encode()).getMap();
    }
}
