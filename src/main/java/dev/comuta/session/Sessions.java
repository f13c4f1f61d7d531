package dev.comuta.session;

import dev.comuta.channel.ChannelTerms;
import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.platform.rest.TenantRows;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Closes sessions, hands them off to people, and releases them to the assistant. Each use case locks the session's row
 * first, so that no message is stored in between.
 */
@ApplicationScoped
public class Sessions {

    private static final TenantRows<StoredSession> ROWS = new TenantRows<>(StoredSession.class, "session");

    private static final String OPEN = """
            select comuta_open_session(
                $1, $2, $3, $4, $5, $6::double precision * interval '1 second', $7::double precision * interval '1 second')""";

    private static final String DIRECT = "select comuta_direct_session($1, $2, $3)";

    private static final String ADDRESS = """
            select from Sessions
            where ClientID = $1 and EndUserID = $2 and ChannelID = $3 and ReplyTo is not null limit 1""";

    private final Transactions transactions;
    private final SessionStore store;
    private final SessionConfig config;

    Sessions(Transactions transactions, SessionStore store, SessionConfig config) {
        this.transactions = transactions;
        this.store = store;
        this.config = config;
    }

    /** The open conversation of an end user on a channel, locked by this transaction; opened when there is none. */
    public Uni<Long> open(Tx tx, ChannelTerms channel, long endUserId) {
        return tx.find(
                OPEN,
                row -> row.getLong(0),
                channel.ref().clientId(),
                channel.ref().channelId(),
                endUserId,
                channel.defaultUserId(),
                channel.assistantId(),
                (double) config.idleTime().toSeconds(),
                (double) config.longestLife().toSeconds());
    }

    /**
     * Directs a conversation that was opened now to one of its end user's numbers. Fails with a conflict when it has
     * messages with another of them.
     */
    public Uni<Void> direct(Tx tx, SessionRef session, PhoneNumber number) {
        return tx.find(DIRECT, row -> row.getBoolean(0), session.clientId(), session.sessionId(), number.e164())
                .invoke(directed -> {
                    if (!directed) {
                        throw Problem.of(
                                ProblemType.CONFLICT,
                                "phoneNumber: the open session " + session.sessionId()
                                        + " is with another number of this end user; close it first, or send the message in it");
                    }
                })
                .replaceWithVoid();
    }

    /** A person of the company wrote the message that begins a conversation. Notifies the listeners. */
    public Uni<Void> personWrote(Tx tx, SessionRef session) {
        return store.personWrote(tx, session);
    }

    /** Whether an end user once wrote on a channel, so that its provider knows the address for answers. */
    public Uni<Boolean> hasAddress(Tx tx, ChannelTerms channel, long endUserId) {
        return tx.sql(
                        ADDRESS,
                        channel.ref().clientId(),
                        endUserId,
                        channel.ref().channelId())
                .map(rows -> rows.size() > 0);
    }

    /** Closes a session; the end user's next message opens another. Fails with a conflict when it is closed already. */
    <V> Uni<RestResponse<V>> close(SessionRef session, IdempotentResponse<SessionView, V> once) {
        return change(session, once, tx -> lockOpen(tx, session).chain(() -> store.close(tx, session)));
    }

    /** Silences the assistant. Fails with a conflict when the session is handed off already or is closed. */
    <V> Uni<RestResponse<V>> handOff(SessionRef session, IdempotentResponse<SessionView, V> once) {
        return change(session, once, tx -> lockOpen(tx, session)
                .map(locked -> locked.requireHandedOff(false))
                .chain(() -> store.handOff(tx, session, HandOverReason.REQUEST)));
    }

    /**
     * Gives the session back to the assistant, which answers the messages that arrive from now on. Fails with a
     * conflict when the session is not handed off or is closed.
     */
    <V> Uni<RestResponse<V>> release(SessionRef session, IdempotentResponse<SessionView, V> once) {
        return change(session, once, tx -> lockOpen(tx, session)
                .map(locked -> locked.requireHandedOff(true))
                .chain(() -> store.release(tx, session, HandOverReason.REQUEST)));
    }

    /** Fails with 404 when the client has no such session. */
    public static Uni<Void> requireKnown(EntityTx tx, SessionRef session) {
        return ROWS.get(tx, session.clientId(), session.sessionId()).replaceWithVoid();
    }

    private <V> Uni<RestResponse<V>> change(
            SessionRef session, IdempotentResponse<SessionView, V> once, Function<EntityTx, Uni<Void>> work) {
        return transactions.inTenant(
                session.clientId(), once.of(tx -> work.apply(tx).chain(() -> view(tx, session))));
    }

    /** The session. Fails with 404 when the client has none such. */
    public static Uni<SessionView> view(EntityTx tx, SessionRef session) {
        return ROWS.get(tx, session.clientId(), session.sessionId()).map(StoredSession::view);
    }

    private Uni<LockedSession> lockOpen(Tx tx, SessionRef session) {
        return store.lock(tx, session).map(LockedSession::requireOpen);
    }
}
