package dev.comuta.message;

import dev.comuta.platform.db.Tx;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Writes outgoing messages, each with the task that sends it. */
@ApplicationScoped
public class OutboundMessages {

    private final MessageStore store;
    private final Tasks tasks;

    OutboundMessages(MessageStore store, Tasks tasks) {
        this.store = store;
        this.tasks = tasks;
    }

    /**
     * A message that waits to be sent.
     *
     * @param channelVersion of the row of its channel
     * @param recipient telephone number as its owner wrote to us, or the id by which WhatsApp names somebody who hides it
     * @param writtenAt before any attempt to send it
     * @param retried whether it failed once and a person has it sent again
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
            boolean retried) {}

    /**
     * What somebody on the client's side says.
     *
     * @param turnTaskId the turn that says it; null when a person does
     */
    public record Draft(long clientId, long sessionId, SenderType sender, Content content, Long turnTaskId) {}

    /** Writes a message and requests its sending; messages of one session leave in the order in which they are written. */
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
                .serialKey("envio:" + sessionId);
    }
}
