package dev.comuta.message;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.media.SentFiles.Sending;
import dev.comuta.message.PartStore.Part;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.MessageContext;
import dev.comuta.message.content.MessageReference;
import dev.comuta.message.content.TextParts;
import dev.comuta.message.content.TextParts.Range;
import dev.comuta.message.file.MessageFiles;
import dev.comuta.message.rule.SendingRules;
import dev.comuta.message.MessageStore.Appended;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.session.LockedSession;
import dev.comuta.session.SessionRef;
import dev.comuta.session.SessionStore;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Stores outgoing messages, each with the task that sends it. */
@ApplicationScoped
public class OutboundMessages {

    private static final String MESSAGE_ID = "messageId";
    private static final String PART = "part";

    private final MessageStore store;
    private final SessionStore sessions;
    private final ChannelDirectory channels;
    private final Senders senders;
    private final MessageFiles files;
    private final Tasks tasks;

    OutboundMessages(
            MessageStore store,
            SessionStore sessions,
            ChannelDirectory channels,
            Senders senders,
            MessageFiles files,
            Tasks tasks) {
        this.store = store;
        this.sessions = sessions;
        this.channels = channels;
        this.senders = senders;
        this.files = files;
        this.tasks = tasks;
    }

    /**
     * An outgoing message with its channel and its recipient.
     *
     * @param part number of the part of a message that is sent in parts, whose content is that of the part; null for a
     *     whole message
     * @param byAssistant whether an assistant wrote it
     * @param replyTo the provider's id of the message to which it replies; null when it is no reply
     * @param windowOpen whether WhatsApp accepts free texts to the end user
     * @param channelVersion version of the channel's row
     * @param recipient phone number of the end user, or the WhatsApp id of an end user who hides the number; null when
     *     neither is known
     * @param writtenAt when it was stored, before any attempt to send it
     * @param pending whether its status is 'Pendente'
     * @param retried whether a person retried it after it failed
     * @param canceled whether its status is 'Cancelada'
     * @param withdrawn whether it is a reply of the assistant, and a person took the session over or closed it later
     */
    public record Outbound(
            long messageId,
            long sessionId,
            long clientId,
            Integer part,
            boolean byAssistant,
            String replyTo,
            boolean windowOpen,
            long channelId,
            int channelVersion,
            long endUserId,
            String recipient,
            Content content,
            Instant writtenAt,
            boolean pending,
            boolean retried,
            boolean withdrawn,
            boolean canceled) {

        /** Our id of the message or of its part. */
        MessageReference reference() {
            return new MessageReference(messageId, part);
        }

        /** A part of this message. Its first part decides whether it is withdrawn. */
        Outbound withPart(int no, Part stored) {
            String text = content.readableText();
            return new Outbound(
                    messageId,
                    sessionId,
                    clientId,
                    no,
                    byAssistant,
                    no == 1 ? replyTo : null,
                    windowOpen,
                    channelId,
                    channelVersion,
                    endUserId,
                    recipient,
                    text == null ? content : content.withText(stored.range().of(text)),
                    writtenAt,
                    stored.pending() && !canceled,
                    stored.retried(),
                    withdrawn && no == 1 && !stored.retried(),
                    canceled);
        }
    }

    /**
     * A message to the end user that is not stored yet.
     *
     * @param turnTaskId the turn that wrote it; null for a message of an internal user
     * @param replyTo the provider's id of the message to which it replies; null when it is no reply
     */
    public record Draft(
            long clientId, long sessionId, SenderType sender, Content content, Long turnTaskId, String replyTo) {

        /** A message that is no reply to one message. */
        public Draft(long clientId, long sessionId, SenderType sender, Content content, Long turnTaskId) {
            this(clientId, sessionId, sender, content, turnTaskId, null);
        }

        /** A message that no turn wrote. */
        public Draft(SessionRef session, SenderType sender, Content content, String replyTo) {
            this(session.clientId(), session.sessionId(), sender, content, null, replyTo);
        }

        /** What the message refers to; null when it refers to nothing. */
        JsonObject context() {
            return new MessageContext(replyTo, false, null, null).toJson();
        }
    }

    /**
     * Stores a message and requests the task that sends it, or a task for each part of a text that is too long for one
     * message of the provider. Messages of one session are sent in their order, and the parts of a message, too. In the
     * session of a call no task sends a message: it is spoken ({@link dev.comuta.message.spoken.SpokenMessages}).
     */
    public Uni<Long> write(Tx tx, Draft draft) {
        String text = draft.content() instanceof Content.Text(String content) ? content : null;
        return text == null || text.length() <= senders.shortestText()
                ? writeWhole(tx, draft)
                : writeLong(tx, draft, text);
    }

    /** The same for content that the server writes itself: nothing is written after the window, when it would fail. */
    Uni<Void> writeInWindow(Tx tx, Draft draft) {
        return sessions.lock(tx, new SessionRef(draft.clientId(), draft.sessionId()))
                .chain(session -> channels.getTerms(tx, session.channelId())
                        .map(channel -> SendingRules.isLate(
                                draft.content(),
                                session.windowOpen(),
                                channel.hasWindow(),
                                senders.of(channel.provider())
                                        .map(MessageSender::hasWindow)
                                        .orElse(false))))
                .chain(late -> Unis.when(!late, () -> write(tx, draft).replaceWithVoid()));
    }

    private Uni<Long> writeWhole(Tx tx, Draft draft) {
        return store.append(tx, draft)
                .call(added -> Unis.when(!added.spoken(), () -> send(tx, draft, added.messageId())))
                .map(Appended::messageId);
    }

    private Uni<Void> send(Tx tx, Draft draft, long messageId) {
        return files.attach(tx, new Sending(draft.clientId(), draft.sessionId(), messageId), draft.content())
                .chain(() -> tasks.request(tx, sending(draft, messageId, null)))
                .replaceWithVoid();
    }

    private Uni<Long> writeLong(Tx tx, Draft draft, String text) {
        return sessions.lock(tx, new SessionRef(draft.clientId(), draft.sessionId()))
                .chain(session -> session.conversation() ? parts(tx, session, text) : Uni.createFrom().item(List.<Range>of()))
                .chain(parts -> parts.size() < 2 ? writeWhole(tx, draft) : writeParts(tx, draft, parts));
    }

    private Uni<List<Range>> parts(Tx tx, LockedSession session, String text) {
        return channels.getProvider(tx, session.channelId())
                .map(provider -> TextParts.split(text, senders.longestText(provider)));
    }

    private Uni<Long> writeParts(Tx tx, Draft draft, List<Range> parts) {
        List<Integer> numbers = IntStream.rangeClosed(1, parts.size()).boxed().toList();
        return store.append(tx, draft)
                .map(Appended::messageId)
                .call(messageId -> store.split(tx, draft, messageId, parts))
                .call(messageId -> InOrder.each(numbers, no -> tasks.request(tx, sending(draft, messageId, no))));
    }

    private static NewTask sending(Draft draft, long messageId, Integer part) {
        return NewTask.of(MessageTasks.SEND_MESSAGE)
                .client(draft.clientId())
                .session(draft.sessionId())
                .data(requestOf(new MessageReference(messageId, part)))
                .serialKey(serialKey(draft.sessionId()));
    }

    /** The data of a task about a message or a part of one. */
    static JsonObject requestOf(MessageReference message) {
        JsonObject request = new JsonObject().put(MESSAGE_ID, message.messageId());
        return message.part() == null ? request : request.put(PART, message.part());
    }

    /** The message in the data of a task. Fails permanently when there is none. */
    static MessageReference referenceIn(ClaimedTask task) {
        return new MessageReference(task.requestedId(MESSAGE_ID), partIn(task.requestData()));
    }

    /** The part in the data of a task; null for a whole message. */
    static Integer partIn(JsonObject request) {
        return request.getValue(PART) instanceof Number part ? part.intValue() : null;
    }

    /** Messages of one session are sent in their order. */
    static String serialKey(long sessionId) {
        return "envio:" + sessionId;
    }
}
