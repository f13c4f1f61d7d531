package dev.comuta.assistant.turn;

import dev.comuta.assistant.AssistantConfig;
import dev.comuta.assistant.ToolSetup;
import dev.comuta.assistant.ToolTasks;
import dev.comuta.assistant.turn.ToolRunner.ToolRun;
import dev.comuta.assistant.turn.TurnStore.SessionAssistant;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Effects;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;

/**
 * Runs a tool of the session's assistant. A task without request data, which another system may insert,
 * runs the assistant's first tool of the task's type with the end user's latest text.
 */
@ApplicationScoped
class ToolHandler implements TaskHandler {

    private static final Duration READ_LIMIT = Duration.ofSeconds(2);
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final TurnStore turns;
    private final ToolRunner runner;
    private final AssistantConfig config;

    ToolHandler(TurnStore turns, ToolRunner runner, AssistantConfig config) {
        this.turns = turns;
        this.runner = runner;
        this.config = config;
    }

    @Override
    public Set<TaskType> types() {
        return ToolTasks.ALL;
    }

    @Override
    public Duration timeLimit() {
        return READ_LIMIT.plus(config.toolTimeLimit()).plus(MARGIN);
    }

    @Override
    public boolean changesOtherSystems() {
        return true;
    }

    @Override
    public int maxAttempts() {
        return config.toolAttempts();
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        if (task.sessionId() == null) {
            return Uni.createFrom().item(new Outcome.Failed("a tool task needs a session"));
        }
        return turns.assistantOf(task)
                .ifNoItem()
                .after(READ_LIMIT)
                .failWith(() -> new TransientFailure("the tool was not read in time"))
                .chain(session -> run(task, session))
                .map(result -> new Outcome.Done(result, Effects.NONE));
    }

    private Uni<JsonObject> run(ClaimedTask task, SessionAssistant session) {
        ToolSetup tool = toolOf(task, session);
        JsonObject given = task.requestedObject("arguments");
        JsonObject arguments = given == null ? argumentsOf(tool, session.lastText()) : given;
        if (task.unfinished() && !tool.isRepeatable()) {
            throw new UnknownOutcome("unknown outcome: an earlier attempt ended without an answer", null);
        }
        if (tool.changesOtherSystem()) {
            task.calling();
        }
        return runner.run(new ToolRun(task.clientId(), tool, arguments, "comuta-" + task.taskId()))
                .onFailure(TransientFailure.class)
                .transform(failure -> LongWaits.limited(failure, config));
    }

    private static ToolSetup toolOf(ClaimedTask task, SessionAssistant session) {
        Object name = task.requestData().getValue("tool");
        if (session.assistant() == null) {
            throw new PermanentFailure("the session has no assistant");
        }
        return session.assistant().tools().stream()
                .filter(tool -> name == null
                        ? tool.taskType().equals(task.type().stored())
                        : tool.toolName().equals(name))
                .findFirst()
                .orElseThrow(() -> new PermanentFailure("the assistant has no such tool"));
    }

    /** The text as the value of the tool's first required parameter, else of its first parameter. */
    private static JsonObject argumentsOf(ToolSetup tool, String text) {
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
