package dev.comuta.assistant.turn;

import dev.comuta.assistant.AssistantConfig;
import dev.comuta.assistant.turn.Answer.ToolCall;
import dev.comuta.assistant.turn.Turn.TurnMessage;
import dev.comuta.event.EventType;
import dev.comuta.event.Events;
import dev.comuta.message.Content;
import dev.comuta.message.MessageTasks;
import dev.comuta.message.OutboundMessages;
import dev.comuta.message.OutboundMessages.Draft;
import dev.comuta.message.SenderType;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Effects;
import dev.comuta.task.NewTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskRegistry;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One turn of an assistant (architecture: the straight path, step 5). It answers everything that is unanswered, or
 * requests look-ups; each look-up that ends asks for a new turn, so nothing ever waits in memory. A turn that finds
 * everything answered, or a look-up still open, has no effect.
 */
@ApplicationScoped
class TurnHandler implements TaskHandler {

    /** Nothing is answered once a person took over or dealt with it; the finishing transaction holds the session. */
    private static final String ANSWER = """
            update Messages set TurnTaskID = $1
            where SessionID = $2 and ClientID = $3 and MessageID = any ($4) and TurnTaskID is null
              and exists (select from Sessions s where s.SessionID = $2 and s.HandedOffAt is null)""";

    private static final String STILL_ASKED = """
            select from Sessions s where s.SessionID = $1 and s.ClientID = $2 and s.HandedOffAt is null
              and exists (select from Messages m
                          where m.SessionID = s.SessionID and m.MessageID = any ($3) and m.TurnTaskID is null)""";

    private static final String FALL_SILENT =
            "update Sessions set HandedOffAt = clock_timestamp() where SessionID = $1 and ClientID = $2";

    private final Map<String, AssistantEngine> engines;
    private final TurnStore turns;
    private final TaskRegistry registry;
    private final Tasks tasks;
    private final OutboundMessages outbound;
    private final Events events;
    private final TurnLimits limits;
    private final AssistantConfig config;

    TurnHandler(
            @All List<AssistantEngine> engines,
            TurnStore turns,
            TaskRegistry registry,
            Tasks tasks,
            OutboundMessages outbound,
            Events events,
            TurnLimits limits,
            AssistantConfig config) {
        this.engines = engines.stream().collect(Collectors.toMap(AssistantEngine::scheme, Function.identity()));
        this.turns = turns;
        this.registry = registry;
        this.tasks = tasks;
        this.outbound = outbound;
        this.events = events;
        this.limits = limits;
        this.config = config;
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(MessageTasks.TURN);
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
        String reached = limits.reached(turn);
        if (reached != null) {
            return Uni.createFrom().item(new Outcome.Done(null, tx -> giveUp(tx, task, turn, reached)));
        }
        return engineOf(turn)
                .answer(turn)
                .map(answer -> new Outcome.Done(limits.spent(turn, answer), effects(task, turn, answer)));
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
            case Answer.ToolCalls needed -> tx -> ifStillAsked(tx, turn, () -> lookUp(tx, turn, needed.calls()));
            case Answer.GaveUp _ -> tx -> giveUp(tx, task, turn, "chamadas");
        };
    }

    private boolean exceedsLimit(Turn turn, List<ToolCall> calls) {
        return turn.results().size() + calls.size() > config.lookUpsPerAnswer();
    }

    private Uni<Void> reply(Tx tx, ClaimedTask task, Turn turn, String text) {
        return ifAnswered(tx, task, turn, () -> say(tx, turn, text));
    }

    private Uni<Void> handOff(Tx tx, ClaimedTask task, Turn turn, String text) {
        return ifAnswered(tx, task, turn, () -> tx.sql(FALL_SILENT, turn.sessionId(), turn.clientId())
                .chain(() -> event(tx, turn, EventType.SESSION_HANDED_OFF, new JsonObject()))
                .chain(() -> text == null ? Uni.createFrom().voidItem() : say(tx, turn, text)));
    }

    private Uni<Void> giveUp(Tx tx, ClaimedTask task, Turn turn, String reason) {
        JsonObject data = new JsonObject().put("motivo", reason);
        return ifAnswered(tx, task, turn, () -> event(tx, turn, EventType.TURN_LIMIT_REACHED, data)
                .chain(() -> say(tx, turn, config.limitAnswer())));
    }

    private Uni<Void> say(Tx tx, Turn turn, String text) {
        Draft answer = new Draft(
                turn.clientId(), turn.sessionId(), SenderType.ASSISTANT, new Content.Text(text), turn.turnId());
        return outbound.write(tx, answer).replaceWithVoid();
    }

    private Uni<Void> lookUp(Tx tx, Turn turn, List<ToolCall> calls) {
        return InOrder.each(calls, call -> tasks.request(tx, query(turn, call)));
    }

    private NewTask query(Turn turn, ToolCall call) {
        TaskType type = turn.assistant().tools().stream()
                .filter(tool -> tool.toolName().equals(call.toolName()))
                .findFirst()
                .map(tool -> registry.typeOf(tool.taskType()))
                .orElseThrow(() -> new PermanentFailure("the assistant has no tool " + call.toolName()));
        JsonObject request = new JsonObject().put("tool", call.toolName()).put("arguments", call.arguments());
        if (call.callId() != null) {
            request.put("callId", call.callId());
        }
        return NewTask.of(type)
                .client(turn.clientId())
                .session(turn.sessionId())
                .data(request);
    }

    /** Marks what the turn answers; does no more when a person took the session over while the engine thought. */
    private static Uni<Void> ifAnswered(Tx tx, ClaimedTask task, Turn turn, Supplier<Uni<Void>> then) {
        return tx.sql(ANSWER, task.taskId(), turn.sessionId(), turn.clientId(), unanswered(turn))
                .chain(marked ->
                        marked.rowCount() > 0 ? then.get() : Uni.createFrom().voidItem());
    }

    private static Uni<Void> ifStillAsked(Tx tx, Turn turn, Supplier<Uni<Void>> then) {
        return tx.sql(STILL_ASKED, turn.sessionId(), turn.clientId(), unanswered(turn))
                .chain(asked -> asked.size() > 0 ? then.get() : Uni.createFrom().voidItem());
    }

    private static Long[] unanswered(Turn turn) {
        return turn.unanswered().stream().map(TurnMessage::messageId).toArray(Long[]::new);
    }

    private Uni<Void> event(Tx tx, Turn turn, EventType type, JsonObject data) {
        return events.record(tx, turn.clientId(), turn.sessionId(), type, data);
    }
}
