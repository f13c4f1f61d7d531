package dev.comuta.assistant.turn;

import dev.comuta.alert.Alerts;
import dev.comuta.assistant.AssistantConfig;
import dev.comuta.assistant.AssistantDirectory;
import dev.comuta.assistant.turn.TurnStore.Waiting;
import dev.comuta.event.EventType;
import dev.comuta.event.Events;
import dev.comuta.message.MessageStore;
import dev.comuta.message.OutboundMessages;
import dev.comuta.message.OutboundMessages.Draft;
import dev.comuta.message.SenderType;
import dev.comuta.message.content.Content;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.session.HandOverReason;
import dev.comuta.session.SessionRef;
import dev.comuta.session.SessionStore;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Notifies the end user, once, that the assistant cannot answer, and hands the session over to a person ({@link
 * FailurePolicy}). It writes in the transaction that completes the turn, which has locked the session.
 */
@ApplicationScoped
class Failures {

    private final TurnStore turns;
    private final AssistantDirectory assistants;
    private final SessionStore sessions;
    private final MessageStore messages;
    private final OutboundMessages outbound;
    private final Tasks tasks;
    private final Alerts alerts;
    private final Events events;
    private final AssistantConfig config;

    Failures(
            TurnStore turns,
            AssistantDirectory assistants,
            SessionStore sessions,
            MessageStore messages,
            OutboundMessages outbound,
            Tasks tasks,
            Alerts alerts,
            Events events,
            AssistantConfig config) {
        this.turns = turns;
        this.assistants = assistants;
        this.sessions = sessions;
        this.messages = messages;
        this.outbound = outbound;
        this.tasks = tasks;
        this.alerts = alerts;
        this.events = events;
        this.config = config;
    }

    /**
     * The turn failed for good. Nothing happens when nobody waits for the assistant, or when a look-up is open, whose
     * end requests another turn. The failed task raises the alert.
     */
    Uni<Void> failed(Tx tx, ClaimedTask task) {
        return turns.waiting(tx, task)
                .chain(waiting -> waiting == null ? Uni.createFrom().voidItem() : failed(tx, task, waiting));
    }

    private Uni<Void> failed(Tx tx, ClaimedTask task, Waiting waiting) {
        Failure failure =
                new Failure(new SessionRef(task.clientId(), task.sessionId()), task.taskId(), HandOverReason.FAILURE);
        return assistants
                .configuration(tx, task.clientId(), waiting.assistantId())
                .map(configuration -> FailurePolicy.of(configuration, config))
                .call(policy -> Unis.when(
                        policy.handsOff(), () -> tasks.consume(tx, task.clientId(), waiting.lookUps(), task.taskId())))
                .chain(policy -> notify(tx, failure, policy));
    }

    /** A turn reached a limit, and its messages are marked as answered. */
    Uni<Void> atLimit(Tx tx, Turn turn, String limit) {
        SessionRef session = new SessionRef(turn.clientId(), turn.sessionId());
        Failure failure = new Failure(session, turn.turnId(), HandOverReason.LIMIT);
        JsonObject data = new JsonObject().put("motivo", limit);
        return events.record(tx, turn.clientId(), turn.sessionId(), EventType.TURN_LIMIT_REACHED, data)
                .chain(() ->
                        notify(tx, failure, FailurePolicy.of(turn.assistant().configuration(), config)))
                .chain(() -> alerts.raise(
                        tx,
                        turn.clientId(),
                        turn.sessionId(),
                        "assistente/limite/" + limit,
                        "O assistente parou no limite de " + limit));
    }

    /** An end of a turn without an answer. */
    private record Failure(SessionRef session, long turnId, HandOverReason reason) {}

    /** Without a hand-off the assistant may fail at every message; then the text is not repeated. */
    private Uni<Void> notify(Tx tx, Failure failure, FailurePolicy policy) {
        return policy.handsOff()
                ? write(tx, failure, policy.answer())
                        .chain(() -> sessions.handOff(tx, failure.session(), failure.reason()))
                : messages.wasWrittenLast(tx, failure.session(), policy.answer())
                        .chain(repeated -> Unis.when(!repeated, () -> write(tx, failure, policy.answer())));
    }

    private Uni<Void> write(Tx tx, Failure failure, String text) {
        Draft draft = new Draft(
                failure.session().clientId(),
                failure.session().sessionId(),
                SenderType.ASSISTANT,
                new Content.Text(text),
                failure.turnId());
        return outbound.write(tx, draft).replaceWithVoid();
    }
}
