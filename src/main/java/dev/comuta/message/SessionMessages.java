package dev.comuta.message;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.message.OutboundMessages.Draft;
import dev.comuta.message.content.Content;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.Problem;
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
class SessionMessages {

    private final Transactions transactions;
    private final SessionStore sessions;
    private final ChannelDirectory channels;
    private final Senders senders;
    private final OutboundMessages outbound;
    private final Quotas quotas;

    SessionMessages(
            Transactions transactions,
            SessionStore sessions,
            ChannelDirectory channels,
            Senders senders,
            OutboundMessages outbound,
            Quotas quotas) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.channels = channels;
        this.senders = senders;
        this.outbound = outbound;
        this.quotas = quotas;
    }

    /**
     * Sends a message as an internal user, who takes the session over by that. Fails with a conflict when the session is
     * closed or is a call, and as invalid when the provider of its channel does not support the content.
     */
    <V> Uni<RestResponse<V>> send(SessionRef session, Content content, IdempotentResponse<MessageView, V> once) {
        Draft draft = new Draft(session.clientId(), session.sessionId(), SenderType.USER, content, null);
        return transactions.inTenant(session.clientId(), once.of(tx -> lock(tx, session)
                .call(locked -> requireSupported(tx, locked, content))
                .chain(locked -> sessions.personWrites(tx, session, locked))
                .chain(() -> quotas.spend(tx, session.clientId(), Limit.MESSAGES_PER_DAY))
                .chain(() -> outbound.write(tx, draft))
                .chain(messageId -> Transcript.get(tx, session, messageId))));
    }

    private Uni<LockedSession> lock(Tx tx, SessionRef session) {
        return sessions.lock(tx, session).map(LockedSession::requireOpen).map(LockedSession::requireConversation);
    }

    private Uni<Void> requireSupported(Tx tx, LockedSession session, Content content) {
        return channels.getProvider(tx, session.channelId()).map(provider -> {
            if (senders.of(provider).filter(sender -> sender.supports(content)).isEmpty()) {
                throw Problem.invalid(
                        "content", "the provider " + provider.stored() + " does not support this kind or length");
            }
            return null;
        });
    }

    Uni<MessageView> get(SessionRef session, long messageId) {
        return transactions.inTenant(session.clientId(), tx -> Transcript.get(tx, session, messageId));
    }

    Uni<Page<MessageView>> list(SessionRef session, PageRequest page, MessageFilter filter) {
        return transactions.inTenant(session.clientId(), tx -> Sessions.requireKnown(tx, session)
                .chain(() -> Transcript.page(tx, session, page, filter)));
    }
}
