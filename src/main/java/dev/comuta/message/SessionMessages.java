package dev.comuta.message;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelTerms;
import dev.comuta.channel.Provider;
import dev.comuta.message.OutboundMessages.Draft;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.MessageChange;
import dev.comuta.message.file.MessageFiles;
import dev.comuta.message.rule.SendingRules;
import dev.comuta.message.rule.SendingRules.Recipient;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.Problem.Violation;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.quota.Limit;
import dev.comuta.quota.Quotas;
import dev.comuta.session.LockedSession;
import dev.comuta.session.SessionRef;
import dev.comuta.session.SessionStore;
import dev.comuta.session.Sessions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.RestResponse;

/** Sends and reads the messages of a session. */
@ApplicationScoped
public class SessionMessages {

    /** A text becomes no more messages than this. */
    private static final int MAX_PARTS = 10;

    private static final String CONTENT = "content";

    private final Transactions transactions;
    private final MessageStore store;
    private final SessionStore sessions;
    private final ChannelDirectory channels;
    private final Senders senders;
    private final SendingRules rules;
    private final MessageFiles files;
    private final OutboundMessages outbound;
    private final Quotas quotas;
    private final MessageTargets targets = new MessageTargets();

    SessionMessages(
            Transactions transactions,
            MessageStore store,
            SessionStore sessions,
            ChannelDirectory channels,
            Senders senders,
            SendingRules rules,
            MessageFiles files,
            OutboundMessages outbound,
            Quotas quotas) {
        this.transactions = transactions;
        this.store = store;
        this.sessions = sessions;
        this.channels = channels;
        this.senders = senders;
        this.rules = rules;
        this.files = files;
        this.outbound = outbound;
        this.quotas = quotas;
    }

    /**
     * Sends a message as an internal user, who takes the session over by that. Fails with a conflict when the session is
     * closed or is a call, or when its window does not allow the content, and as invalid when the provider of its channel
     * does not support the content, its file or replies, or the session has no message to which it replies.
     *
     * @param replyTo our id or the provider's id of the message to which it replies; null for none
     * @param userId the internal user who writes; null when the caller is not a person
     */
    <V> Uni<RestResponse<V>> send(
            SessionRef session, Content content, String replyTo, Long userId, IdempotentResponse<MessageView, V> once) {
        return requireAddress(session.clientId(), content)
                .chain(() -> transactions.inTenant(
                        session.clientId(), once.of(tx -> write(tx, session, content, replyTo, userId))));
    }

    private Uni<MessageView> write(Tx tx, SessionRef session, Content content, String replyTo, Long userId) {
        return lock(tx, session)
                .call(locked -> sessions.personWrites(tx, session, locked))
                .chain(locked -> allowed(tx, locked, content, replyTo))
                .chain(allowed -> draft(tx, session, allowed, replyTo))
                .chain(draft -> outbound.write(tx, draft))
                .call(() -> quotas.spend(tx, session.clientId(), Limit.MESSAGES_PER_DAY))
                .call(messageId ->
                        Unis.when(userId != null, () -> store.writtenBy(tx, session.clientId(), messageId, userId)))
                .chain(messageId -> Transcript.get(tx, session, messageId));
    }

    /** Checks the address of a file, before a transaction. Fails as invalid when its provider could not reach it. */
    public Uni<Void> requireAddress(long clientId, Content content) {
        return files.requireAddress(clientId, content);
    }

    /**
     * Stores the message with which the company begins a conversation, in a session that this transaction has locked.
     * The session is not taken over: the assistant answers what the end user replies. The message is counted last,
     * because the client's other messages wait for the count until the commit.
     */
    public Uni<MessageView> begin(Tx tx, SessionRef session, Content content) {
        return lock(tx, session)
                .chain(locked -> recipient(tx, locked, content))
                .chain(recipient -> allowedToBegin(tx, recipient, content))
                .chain(allowed -> draft(tx, session, allowed, null))
                .chain(draft -> outbound.write(tx, draft))
                .chain(messageId -> Transcript.get(tx, session, messageId))
                .call(() -> quotas.spend(tx, session.clientId(), Limit.MESSAGES_PER_DAY));
    }

    private Uni<Draft> draft(Tx tx, SessionRef session, Content content, String replyTo) {
        return targets.find(tx, session, "replyTo", replyTo)
                .chain(repliedTo -> content instanceof MessageChange.Reaction(String target, String emoji)
                        ? targets.find(tx, session, "content.target", target)
                                .map(id -> new Draft(
                                        session, SenderType.USER, new MessageChange.Reaction(id, emoji), repliedTo))
                        : Uni.createFrom().item(new Draft(session, SenderType.USER, content, repliedTo)));
    }

    private Uni<LockedSession> lock(Tx tx, SessionRef session) {
        return sessions.lock(tx, session).map(LockedSession::requireOpen).map(LockedSession::requireConversation);
    }

    private Uni<Content> allowed(Tx tx, LockedSession session, Content content, String replyTo) {
        return recipient(tx, session, content)
                .invoke(recipient -> requireReplies(recipient.channel().provider(), replyTo))
                .chain(recipient -> allowed(tx, recipient, content));
    }

    private void requireReplies(Provider provider, String replyTo) {
        if (replyTo != null && !senders.of(provider).orElseThrow().canReply()) {
            throw Problem.invalid("replyTo", provider.stored() + " sends no replies");
        }
    }

    private Uni<Content> allowed(Tx tx, Recipient recipient, Content content) {
        return rules.require(tx, recipient, content).chain(allowed -> withFile(tx, recipient, allowed));
    }

    private Uni<Content> allowedToBegin(Tx tx, Recipient recipient, Content content) {
        return rules.requireToBegin(tx, recipient, content).chain(allowed -> withFile(tx, recipient, allowed));
    }

    /** The content with type and name of its uploaded file, when it has one. */
    private Uni<Content> withFile(Tx tx, Recipient recipient, Content content) {
        ChannelTerms channel = recipient.channel();
        return files.require(tx, channel.ref().clientId(), content, senders.largestFile(channel.provider()));
    }

    private Uni<Recipient> recipient(Tx tx, LockedSession session, Content content) {
        return channels.getTerms(tx, session.channelId())
                .map(channel -> recipient(session, channel, requireSupported(channel.provider(), content)));
    }

    private static Recipient recipient(LockedSession session, ChannelTerms channel, MessageSender sender) {
        return new Recipient(channel, session.endUserId(), session.windowOpen(), sender.hasWindow());
    }

    private MessageSender requireSupported(Provider provider, Content content) {
        MessageSender sender = senders.of(provider)
                .orElseThrow(() -> Problem.invalid(CONTENT, "the provider " + provider.stored() + " sends nothing"));
        Violation objection = sender.objection(content);
        if (objection != null) {
            String path = objection.field().isEmpty() ? CONTENT : CONTENT + "." + objection.field();
            throw Problem.invalid(path, objection.message());
        }
        requireLength(content, sender.maxText() * MAX_PARTS);
        return sender;
    }

    private static void requireLength(Content content, int most) {
        if (content instanceof Content.Text text && !text.hasAtMost(most)) {
            throw Problem.invalid("content.text", "has at most " + most + " characters on this channel");
        }
    }

    Uni<MessageView> get(SessionRef session, long messageId) {
        return transactions.inTenant(session.clientId(), tx -> Transcript.get(tx, session, messageId));
    }

    Uni<Page<MessageView>> list(SessionRef session, PageRequest page, MessageFilter filter) {
        return transactions.inTenant(session.clientId(), tx -> Sessions.requireKnown(tx, session)
                .chain(() -> Transcript.page(tx, session, page, filter)));
    }
}
