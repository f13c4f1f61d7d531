package dev.comuta.message;

import dev.comuta.message.content.Content;
import dev.comuta.platform.db.Tx;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Stores outgoing messages, each with the task that sends it. */
@ApplicationScoped
public class OutboundMessages {

    private final MessageStore store;
    private final Tasks tasks;

    OutboundMessages(MessageStore store, Tasks tasks) {
        this.store = store;
        this.tasks = tasks;
    }

    /**
     * An outgoing message with its channel and its recipient.
     *
     * @param channelVersion version of the channel's row
     * @param recipient phone number of the end user, or the WhatsApp id of an end user who hides the number; null when
     *     neither is known
     * @param writtenAt when it was stored, before any attempt to send it
     * @param pending whether its status is 'Pendente'
     * @param retried whether a person retried it after it failed
     * @param withdrawn whether it is a reply of the assistant, and a person took the session over or closed it later
     */
    public record Outbound(
            long messageId,
            long sessionId,
            long clientId,
            long channelId,
            int channelVersion,
            String recipient,
            Content content,
            Instant writtenAt,
            boolean pending,
            boolean retried,
            boolean withdrawn) {}

    /**
     * A message to the end user that is not stored yet.
     *
     * @param turnTaskId the turn that wrote it; null for a message of an internal user
     */
    public record Draft(long clientId, long sessionId, SenderType sender, Content content, Long turnTaskId) {}

    /** Stores a message and requests the task that sends it. Messages of one session are sent in their order. */
    public Uni<Long> write(Tx tx, Draft draft) {
        return store.append(tx, draft)
                .call(messageId -> tasks.request(tx, sending(draft.clientId(), draft.sessionId(), messageId)));
    }

    private static NewTask sending(long clientId, long sessionId, long messageId) {
        JsonObject request = new JsonObject().put("messageId", messageId);
        return NewTask.of(MessageTasks.SEND_MESSAGE)
                .client(clientId)
                .session(sessionId)
                .data(request)
                .serialKey(serialKey(sessionId));
    }

    /** Messages of one session are sent in their order. */
    static String serialKey(long sessionId) {
        return "envio:" + sessionId;
    }
}
