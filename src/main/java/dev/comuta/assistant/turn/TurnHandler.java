package dev.comuta.assistant.turn;

import dev.comuta.assistant.AssistantConfig;
import dev.comuta.assistant.turn.Answer.ToolCall;
import dev.comuta.assistant.turn.Turn.TurnMessage;
import dev.comuta.message.MessageStore;
import dev.comuta.message.MessageTasks;
import dev.comuta.message.OutboundMessages;
import dev.comuta.message.OutboundMessages.Draft;
import dev.comuta.message.SenderType;
import dev.comuta.message.content.Content;
import dev.comuta.message.hours.OutOfHours;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.session.HandOverReason;
import dev.comuta.session.SessionRef;
import dev.comuta.session.SessionStore;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Effects;
import dev.comuta.task.NewTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskRegistry;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Runs a turn of an assistant (ARCHITECTURE.md, step 5 of the straight path). It answers all unanswered messages, or
 * requests look-ups. Each look-up that ends requests a new turn, so no turn waits in memory. A turn has no effect when
 * no message is unanswered, or when a look-up is open.
 */
@ApplicationScoped
class TurnHandler implements TaskHandler {

    private final Engines engines;
    private final TurnStore turns;
    private final TaskRegistry registry;
    private final Tasks tasks;
    private final SessionStore sessions;
    private final MessageStore messages;
    private final OutboundMessages outbound;
    private final OutOfHours outOfHours;
    private final Failures failures;
    private final TurnLimits limits;
    private final AssistantConfig config;

    TurnHandler(
            Engines engines,
            TurnStore turns,
            TaskRegistry registry,
            Tasks tasks,
            SessionStore sessions,
            MessageStore messages,
            OutboundMessages outbound,
            OutOfHours outOfHours,
            Failures failures,
            TurnLimits limits,
            AssistantConfig config) {
        this.engines = engines;
        this.turns = turns;
        this.registry = registry;
        this.tasks = tasks;
        this.sessions = sessions;
        this.messages = messages;
        this.outbound = outbound;
        this.outOfHours = outOfHours;
        this.failures = failures;
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
                .chain(turn -> turn == null ? Uni.createFrom().item(withoutTurn(task)) : answer(task, turn));
    }

    @Override
    public Uni<Void> onFailed(Tx tx, ClaimedTask task, String cause) {
        return Unis.when(task.sessionId() != null, () -> failures.failed(tx, task));
    }

    /** A person canceled the turn, or the client is 'Inativo': the end user gets nothing. */
    @Override
    public Uni<Void> onCanceled(Tx tx, ClaimedTask task) {
        return Uni.createFrom().voidItem();
    }

    private Outcome withoutTurn(ClaimedTask task) {
        SessionRef session = new SessionRef(task.clientId(), task.sessionId());
        return new Outcome.Done(null, tx -> outOfHours.messageArrived(tx, session));
    }

    private Uni<Outcome> answer(ClaimedTask task, Turn turn) {
        if (outOfHours.silencesAssistant(turn.hours())) {
            return Uni.createFrom()
                    .item(new Outcome.Done(null, tx -> handOff(tx, task, turn, null, HandOverReason.OUT_OF_HOURS)));
        }
        String reached = limits.reached(turn);
        if (reached != null) {
            return Uni.createFrom().item(new Outcome.Done(null, tx -> endAtLimit(tx, task, turn, reached)));
        }
        return engines.of(turn.assistant())
                .answer(turn)
                .onFailure(TransientFailure.class)
                .transform(failure -> LongWaits.limited(failure, config))
                .map(answer -> done(task, turn, answer));
    }

    private Outcome done(ClaimedTask task, Turn turn, Answer answer) {
        Spending spent = limits.spentBy(turn, answer);
        Effects effects = effects(task, turn, answer);
        return new Outcome.Done(
                TurnLimits.resultOf(spent), tx -> spend(tx, turn, spent).chain(() -> effects.write(tx)));
    }

    private Uni<Void> spend(Tx tx, Turn turn, Spending spent) {
        return Unis.when(
                spent.rounds() > 0,
                () -> sessions.spend(tx, session(turn), spent.rounds(), spent.tokens(), spent.cost()));
    }

    private Effects effects(ClaimedTask task, Turn turn, Answer answer) {
        return switch (answer) {
            case Answer.Reply reply -> tx -> reply(tx, task, turn, reply.text());
            case Answer.HandOff handOff -> tx -> handOff(tx, task, turn, handOff.text(), HandOverReason.ASSISTANT);
            case Answer.ToolCalls needed
            when exceedsLimit(turn, needed.calls()) -> tx -> endAtLimit(tx, task, turn, "consultas");
            case Answer.ToolCalls needed -> tx -> ifUnanswered(tx, turn, () -> request(tx, turn, needed.calls()));
            case Answer.Unusable _ -> tx -> endAtLimit(tx, task, turn, "chamadas");
        };
    }

    private boolean exceedsLimit(Turn turn, List<ToolCall> calls) {
        return turn.results().size() + calls.size() > config.lookUpsPerAnswer();
    }

    private Uni<Void> reply(Tx tx, ClaimedTask task, Turn turn, String text) {
        return markAnsweredThen(tx, task, turn, () -> send(tx, turn, text));
    }

    /** The assistant's own text comes before the notice outside of business hours, which the hand-off may write. */
    private Uni<Void> handOff(Tx tx, ClaimedTask task, Turn turn, String text, HandOverReason reason) {
        return markAnsweredThen(tx, task, turn, () -> Unis.when(text != null, () -> send(tx, turn, text))
                .chain(() -> sessions.handOff(tx, session(turn), reason)));
    }

    private Uni<Void> endAtLimit(Tx tx, ClaimedTask task, Turn turn, String reason) {
        return markAnsweredThen(tx, task, turn, () -> failures.atLimit(tx, turn, reason));
    }

    private Uni<Void> send(Tx tx, Turn turn, String text) {
        Draft answer = new Draft(
                turn.clientId(), turn.sessionId(), SenderType.ASSISTANT, new Content.Text(text), turn.turnId());
        return outbound.write(tx, answer).replaceWithVoid();
    }

    private Uni<Void> request(Tx tx, Turn turn, List<ToolCall> calls) {
        return InOrder.each(calls, call -> tasks.request(tx, lookUpTask(turn, call)));
    }

    /** The task of a look-up. It has no serial key, because turns read look-ups by an index of tasks without one. */
    private NewTask lookUpTask(Turn turn, ToolCall call) {
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

    /**
     * Marks the turn's messages as answered and its look-ups as used, and runs {@code then}. Does nothing when a person
     * took over the session, when it is closed, or when all of them have been answered.
     */
    private Uni<Void> markAnsweredThen(Tx tx, ClaimedTask task, Turn turn, Supplier<Uni<Void>> then) {
        return messages.markAnswered(tx, session(turn), unanswered(turn), task.taskId())
                .chain(marked -> Unis.when(marked, () -> consumeThen(tx, task, turn, then)));
    }

    private Uni<Void> consumeThen(Tx tx, ClaimedTask task, Turn turn, Supplier<Uni<Void>> then) {
        return tasks.consume(tx, turn.clientId(), lookUps(turn), task.taskId())
                .chain(() -> Unis.when(turn.assistant().usesModel(), () -> sessions.answered(tx, session(turn))))
                .chain(then::get);
    }

    private static List<Long> lookUps(Turn turn) {
        return turn.results().stream().map(Turn.ToolResult::taskId).toList();
    }

    private Uni<Void> ifUnanswered(Tx tx, Turn turn, Supplier<Uni<Void>> then) {
        return messages.unanswered(tx, session(turn), unanswered(turn)).chain(open -> Unis.when(open, then));
    }

    private static SessionRef session(Turn turn) {
        return new SessionRef(turn.clientId(), turn.sessionId());
    }

    private static List<Long> unanswered(Turn turn) {
        return turn.unanswered().stream().map(TurnMessage::messageId).toList();
    }
}
