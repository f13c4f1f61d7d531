package dev.comuta.assistant;

import dev.comuta.assistant.Answer.ToolCall;
import dev.comuta.assistant.Turn.TurnMessage;
import dev.comuta.conversation.OutboundMessages;
import dev.comuta.conversation.SenderType;
import dev.comuta.event.EventType;
import dev.comuta.event.Events;
import dev.comuta.platform.PermanentFailure;
import dev.comuta.platform.Tx;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Effects;
import dev.comuta.task.NewTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One turn of an assistant (architecture: the straight path, step 5). It answers everything that is unanswered, or
 * requests look-ups; each look-up that ends asks for a new turn, so nothing ever waits in memory. A turn that finds
 * everything answered, or a look-up still open, has no effect.
 */
@ApplicationScoped
class TurnHandler implements TaskHandler {

    private static final String ANSWER = """
            update Messages set TurnTaskID = $1
            where SessionID = $2 and ClientID = $3 and MessageID = any ($4) and TurnTaskID is null""";

    private static final String FALL_SILENT =
            "update Sessions set HandedOffAt = clock_timestamp() where SessionID = $1 and ClientID = $2";

    private final Map<String, AssistantEngine> engines;
    private final TurnStore turns;
    private final Tasks tasks;
    private final OutboundMessages outbound;
    private final Events events;
    private final AssistantConfig config;

    TurnHandler(
            @All List<AssistantEngine> engines,
            TurnStore turns,
            Tasks tasks,
            OutboundMessages outbound,
            Events events,
            AssistantConfig config) {
        this.engines = engines.stream().collect(Collectors.toMap(AssistantEngine::scheme, Function.identity()));
        this.turns = turns;
        this.tasks = tasks;
        this.outbound = outbound;
        this.events = events;
        this.config = config;
    }

    @Override
    public TaskType type() {
        return TaskType.TURN;
    }

    @Override
    public Duration timeLimit() {
        return config.turnTimeLimit();
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return turns.find(task)
                .chain(turn -> turn == null ? Uni.createFrom().item(Outcome.nothingToDo()) : answer(task, turn));
    }

    private Uni<Outcome> answer(ClaimedTask task, Turn turn) {
        if (config.tokensPerSession() > 0 && turn.tokens() >= config.tokensPerSession()) {
            return Uni.createFrom().item(new Outcome.Done(null, tx -> giveUp(tx, task, turn, "tokens")));
        }
        return engineOf(turn).answer(turn).map(answer -> new Outcome.Done(spent(answer), effects(task, turn, answer)));
    }

    /** What the session's tokens are summed up from. */
    private static JsonObject spent(Answer answer) {
        return answer.tokens() > 0 ? new JsonObject().put("tokens", answer.tokens()) : null;
    }

    private AssistantEngine engineOf(Turn turn) {
        String reference = turn.assistant().implementationReference();
        AssistantEngine engine = engines.get(reference.substring(0, Math.max(reference.indexOf(':'), 0)));
        if (engine == null) {
            throw new PermanentFailure("no engine for the assistant's implementation reference");
        }
        return engine;
    }

    private Effects effects(ClaimedTask task, Turn turn, Answer answer) {
        return switch (answer) {
            case Answer.Reply reply -> tx -> reply(tx, task, turn, reply.text());
            case Answer.HandOff handOff -> tx -> handOff(tx, task, turn, handOff.text());
            case Answer.ToolCalls needed
            when exceedsLimit(turn, needed.calls()) -> tx -> giveUp(tx, task, turn, "consultas");
            case Answer.ToolCalls needed -> tx -> lookUp(tx, turn, needed.calls());
            case Answer.GaveUp _ -> tx -> giveUp(tx, task, turn, "chamadas");
        };
    }

    private boolean exceedsLimit(Turn turn, List<ToolCall> calls) {
        return turn.results().size() + calls.size() > config.lookUpsPerAnswer();
    }

    private Uni<Void> reply(Tx tx, ClaimedTask task, Turn turn, String text) {
        return markAnswered(tx, task, turn)
                .chain(() -> outbound.write(tx, turn.clientId(), turn.sessionId(), SenderType.ASSISTANT, text))
                .replaceWithVoid();
    }

    private Uni<Void> handOff(Tx tx, ClaimedTask task, Turn turn, String text) {
        return tx.sql(FALL_SILENT, turn.sessionId(), turn.clientId())
                .chain(() -> event(tx, turn, EventType.SESSION_HANDED_OFF, new JsonObject()))
                .chain(() -> text == null ? markAnswered(tx, task, turn) : reply(tx, task, turn, text));
    }

    private Uni<Void> giveUp(Tx tx, ClaimedTask task, Turn turn, String reason) {
        return event(tx, turn, EventType.TURN_LIMIT_REACHED, new JsonObject().put("motivo", reason))
                .chain(() -> reply(tx, task, turn, config.limitAnswer()));
    }

    /** One request after the other: a transaction is one stream. */
    private Uni<Void> lookUp(Tx tx, Turn turn, List<ToolCall> calls) {
        Uni<Void> requested = Uni.createFrom().voidItem();
        for (ToolCall call : calls) {
            requested = requested.chain(() -> tasks.request(tx, query(turn, call)));
        }
        return requested;
    }

    private static NewTask query(Turn turn, ToolCall call) {
        TaskType type = turn.assistant().tools().stream()
                .filter(tool -> tool.toolName().equals(call.toolName()))
                .findFirst()
                .flatMap(tool -> TaskType.of(tool.taskType()))
                .orElseThrow(() -> new PermanentFailure("the assistant has no tool " + call.toolName()));
        JsonObject request = new JsonObject().put("tool", call.toolName()).put("arguments", call.arguments());
        if (call.callId() != null) {
            request.put("callId", call.callId());
        }
        return NewTask.inSession(type, turn.clientId(), turn.sessionId(), request);
    }

    private static Uni<Void> markAnswered(Tx tx, ClaimedTask task, Turn turn) {
        Long[] answered = turn.unanswered().stream().map(TurnMessage::messageId).toArray(Long[]::new);
        return tx.sql(ANSWER, task.taskId(), turn.sessionId(), turn.clientId(), answered)
                .replaceWithVoid();
    }

    private Uni<Void> event(Tx tx, Turn turn, EventType type, JsonObject data) {
        return events.record(tx, turn.clientId(), turn.sessionId(), type, data);
    }
}
