package dev.comuta.message;

import dev.comuta.platform.db.Tx;
import dev.comuta.session.SessionListener;
import dev.comuta.session.SessionRef;
import dev.comuta.task.Tasks;
import dev.comuta.task.Tasks.UnclaimedTask;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cancels the assistant's replies that wait to be sent, when a person takes the session over or closes it. A reply that
 * an attempt is sending is not canceled.
 */
@ApplicationScoped
class QueuedReplies implements SessionListener {

    private final MessageStore messages;
    private final Tasks tasks;

    QueuedReplies(MessageStore messages, Tasks tasks) {
        this.messages = messages;
        this.tasks = tasks;
    }

    @Override
    public Uni<Void> takenOver(Tx tx, SessionRef session) {
        return cancel(tx, session);
    }

    @Override
    public Uni<Void> closed(Tx tx, SessionRef session) {
        return cancel(tx, session);
    }

    private Uni<Void> cancel(Tx tx, SessionRef session) {
        String key = OutboundMessages.serialKey(session.sessionId());
        return tasks.lockQueued(tx, session.clientId(), key)
                .map(QueuedReplies::byMessage)
                .chain(queued -> cancelMessages(tx, session, queued))
                .chain(canceled -> tasks.cancel(tx, session.clientId(), key, canceled));
    }

    /**
     * Message id: ids of its tasks, of messages that no attempt has begun to send. A plain INSERT may have written a task
     * that names no message.
     */
    private static Map<Long, List<Long>> byMessage(List<UnclaimedTask> queued) {
        Map<Long, List<Long>> tasks = new HashMap<>();
        queued.forEach(task -> {
            Integer part = OutboundMessages.partIn(task.requestData());
            boolean first = part == null || part == 1;
            if (task.requestData().getValue("messageId") instanceof Number message
                    && (first || tasks.containsKey(message.longValue()))) {
                tasks.computeIfAbsent(message.longValue(), id -> new ArrayList<>())
                        .add(task.taskId());
            }
        });
        return tasks;
    }

    /** Returns the tasks of the canceled messages. */
    private Uni<List<Long>> cancelMessages(Tx tx, SessionRef session, Map<Long, List<Long>> queued) {
        return messages.cancelReplies(tx, session.clientId(), List.copyOf(queued.keySet()))
                .map(canceled ->
                        canceled.stream().map(queued::get).flatMap(List::stream).toList());
    }
}
