package dev.comuta.message.start;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelTerms;
import dev.comuta.message.SessionMessages;
import dev.comuta.people.ContactedPeople;
import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.session.SessionRef;
import dev.comuta.session.Sessions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.RestResponse;

/** Starts conversations for the company. */
@ApplicationScoped
class StartedSessions {

    private final Transactions transactions;
    private final ChannelDirectory channels;
    private final ContactedPeople people;
    private final Sessions sessions;
    private final SessionMessages messages;

    StartedSessions(
            Transactions transactions,
            ChannelDirectory channels,
            ContactedPeople people,
            Sessions sessions,
            SessionMessages messages) {
        this.transactions = transactions;
        this.channels = channels;
        this.people = people;
        this.sessions = sessions;
        this.messages = messages;
    }

    /**
     * Opens the conversation of a contact and a channel, or finds the open one, and stores its message with the task
     * that sends it. Nothing is stored when the rules do not allow the message. Fails with a conflict when the channel
     * is not active, when the end user revoked the consent, when the open conversation is with another number of the
     * end user, or when the window does not allow the content.
     */
    <V> Uni<RestResponse<V>> start(
            long clientId, StartSessionFields fields, IdempotentResponse<StartedSession, V> once) {
        fields.requireRecipient();
        return messages.requireAddress(clientId, fields.content())
                .chain(() -> transactions.inTenant(clientId, once.of(tx -> named(tx, fields.channelId())
                        .chain(channel -> start(tx, channel, fields)))));
    }

    /** The same for a channel that the path of the request names: an unknown one is not found. */
    <V> Uni<RestResponse<V>> test(
            long clientId, StartSessionFields fields, IdempotentResponse<StartedSession, V> once) {
        return messages.requireAddress(clientId, fields.content())
                .chain(() -> transactions.inTenant(clientId, once.of(tx -> channels.getTerms(tx, fields.channelId())
                        .chain(channel -> start(tx, channel, fields)))));
    }

    private Uni<StartedSession> start(EntityTx tx, ChannelTerms channel, StartSessionFields fields) {
        if (!channel.active()) {
            throw Problem.of(ProblemType.CONFLICT, "the channel is not 'Ativo'");
        }
        return open(tx, channel, fields).chain(session -> begin(tx, session, fields));
    }

    private Uni<ChannelTerms> named(Tx tx, long channelId) {
        return channels.getTerms(tx, channelId)
                .onFailure(Problem.class)
                .transform(unknown -> Problem.invalid("channelId", "is not a channel of this client"));
    }

    private Uni<SessionRef> open(Tx tx, ChannelTerms channel, StartSessionFields fields) {
        return person(tx, channel, fields)
                .call(person -> requireReachable(tx, channel, person, fields))
                .chain(person -> sessions.open(tx, channel, person))
                .map(sessionId -> new SessionRef(channel.ref().clientId(), sessionId))
                .call(session ->
                        Unis.when(fields.endUserId() == null, () -> sessions.direct(tx, session, number(fields))));
    }

    private static PhoneNumber number(StartSessionFields fields) {
        return PhoneNumber.parse("phoneNumber", fields.phoneNumber());
    }

    private Uni<Long> person(Tx tx, ChannelTerms channel, StartSessionFields fields) {
        long clientId = channel.ref().clientId();
        return fields.endUserId() != null
                ? people.require(tx, clientId, fields.endUserId())
                : people.findOrAdd(tx, clientId, number(fields), fields.name(), channel.defaultUserId());
    }

    private Uni<Void> requireReachable(Tx tx, ChannelTerms channel, long endUserId, StartSessionFields fields) {
        return sessions.hasAddress(tx, channel, endUserId)
                .chain(hasAddress -> people.requireReachable(
                        tx, channel.ref().clientId(), endUserId, hasAddress, fields.recipientField()))
                .chain(number -> number.map(known -> channels.isOwn(tx, channel, known))
                        .orElseGet(() -> Uni.createFrom().item(false)))
                .invoke(own -> {
                    if (own) {
                        throw Problem.invalid(fields.recipientField(), "is the number of a channel of this client");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<StartedSession> begin(EntityTx tx, SessionRef session, StartSessionFields fields) {
        return messages.begin(tx, session, fields.content())
                .call(() -> sessions.personWrote(tx, session))
                .chain(message -> Sessions.view(tx, session).map(view -> new StartedSession(view, message)));
    }
}
