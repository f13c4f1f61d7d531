package dev.comuta.assistant;

import dev.comuta.assistant.TurnStore.SessionAssistant;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Effects;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * A look-up at the client's CRM (seed, scenario 4.2). A row without request data, as the design document inserts it, asks
 * with the first query tool of the session's assistant about the last text of the end user.
 */
@ApplicationScoped
class CrmQueryHandler implements TaskHandler {

    private final TurnStore turns;
    private final ToolRunner runner;
    private final AssistantConfig config;

    CrmQueryHandler(TurnStore turns, ToolRunner runner, AssistantConfig config) {
        this.turns = turns;
        this.runner = runner;
        this.config = config;
    }

    @Override
    public TaskType type() {
        return TaskType.CRM_QUERY;
    }

    @Override
    public Duration timeLimit() {
        return config.toolTimeLimit();
    }

    @Override
    public int maxAttempts() {
        return config.toolAttempts();
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        if (task.sessionId() == null) {
            return Uni.createFrom().item(new Outcome.Failed("a query needs a session, which has the assistant"));
        }
        return turns.assistantOf(task)
                .chain(session -> run(task, session))
                .map(result -> new Outcome.Done(result, Effects.NONE));
    }

    private Uni<JsonObject> run(ClaimedTask task, SessionAssistant session) {
        ToolSetup tool = toolOf(task.requestData().getString("tool"), session);
        JsonObject arguments = task.requestData().getJsonObject("arguments");
        return runner.run(task.clientId(), tool, arguments == null ? about(tool, session.lastText()) : arguments);
    }

    private static ToolSetup toolOf(String name, SessionAssistant session) {
        if (session.assistant() == null) {
            throw new PermanentFailure("the session has no assistant whose tool could be asked");
        }
        return session.assistant().tools().stream()
                .filter(tool -> name == null
                        ? tool.taskType().equals(TaskType.CRM_QUERY.stored())
                        : tool.toolName().equals(name))
                .findFirst()
                .orElseThrow(() -> new PermanentFailure("the session's assistant has no such tool"));
    }

    /** The text as the tool's first required parameter, or its first. */
    private static JsonObject about(ToolSetup tool, String text) {
        JsonObject schema = tool.configuration().getJsonObject("parameters", new JsonObject());
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        String first = schema.containsKey("required")
                ? schema.getJsonArray("required").stream()
                        .findFirst()
                        .map(Object::toString)
                        .orElse(null)
                : properties.fieldNames().stream().findFirst().orElse(null);
        return first == null ? new JsonObject() : new JsonObject().put(first, text);
    }
}
