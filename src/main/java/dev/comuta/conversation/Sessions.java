package dev.comuta.conversation;

import dev.comuta.client.Limit;
import dev.comuta.client.Quotas;
import dev.comuta.conversation.OutboundMessages.Draft;
import dev.comuta.event.EventType;
import dev.comuta.event.Events;
import dev.comuta.platform.EntityTx;
import dev.comuta.platform.Once;
import dev.comuta.platform.Problem;
import dev.comuta.platform.ProblemType;
import dev.comuta.platform.Transactions;
import dev.comuta.platform.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * What people do with a session: speak in it, take it over from the assistant, give it back, close it. Each holds the
 * session's row first, so that what is decided here and what arrives meanwhile come one after the other.
 */
@ApplicationScoped
class Sessions {

    private static final String HOLD = """
            select EndTime is null as open, HandedOffAt is not null as handedoff,
                   EndUserID is not null and SessionType = 'Conversa' as answerable
            from Sessions where SessionID = $1 and ClientID = $2 for no key update""";
    private static final String TOUCH =
            "update Sessions set LastMessageAt = clock_timestamp() where SessionID = $1 and ClientID = $2";
    private static final String CLOSE =
            "update Sessions set EndTime = clock_timestamp() where SessionID = $1 and ClientID = $2";
    private static final String HAND_OFF =
            "update Sessions set HandedOffAt = clock_timestamp() where SessionID = $1 and ClientID = $2";
    private static final String RELEASE =
            "update Sessions set HandedOffAt = null where SessionID = $1 and ClientID = $2";

    /** 0 is no task: a person dealt with what was written, so the assistant does not come back to it. */
    private static final String LEAVE_UNANSWERED = """
            update Messages set TurnTaskID = 0
            where SessionID = $1 and ClientID = $2 and SenderType = 'Usuário-Cliente' and TurnTaskID is null""";

    private final Transactions transactions;
    private final OutboundMessages outbound;
    private final Quotas quotas;
    private final Events events;

    Sessions(Transactions transactions, OutboundMessages outbound, Quotas quotas, Events events) {
        this.transactions = transactions;
        this.outbound = outbound;
        this.quotas = quotas;
        this.events = events;
    }

    /** A session of a client. */
    record Place(long clientId, long sessionId) {}

    /** Sends a text as an internal user; fails with a conflict when the session is closed or is a call. */
    <V> Uni<RestResponse<V>> send(Place place, String text, Once<MessageView, V> once) {
        return transactions.inTenant(place.clientId(), once.of(tx -> holdOpen(tx, place)
                .map(Sessions::requireAnswerable)
                .chain(() -> set(tx, TOUCH, place))
                .chain(() -> quotas.spend(tx, place.clientId(), Limit.MESSAGES_PER_DAY))
                .chain(() ->
                        outbound.write(tx, new Draft(place.clientId(), place.sessionId(), SenderType.USER, text, null)))
                .chain(messageId -> SessionReading.message(tx, place, messageId))));
    }

    /** Ends a session; the next message of the end user opens another. Fails with a conflict when it is closed. */
    <V> Uni<RestResponse<V>> close(Place place, Once<SessionView, V> once) {
        return transactions.inTenant(place.clientId(), once.of(tx -> holdOpen(tx, place)
                .chain(() -> set(tx, CLOSE, place))
                .chain(() -> record(tx, place, EventType.SESSION_CLOSED))
                .chain(() -> SessionReading.session(tx, place))));
    }

    /** The assistant falls silent. Fails with a conflict when it is silent already or the session is closed. */
    <V> Uni<RestResponse<V>> handOff(Place place, Once<SessionView, V> once) {
        return transactions.inTenant(place.clientId(), once.of(tx -> holdOpen(tx, place)
                .map(session -> requireHandedOff(session, false))
                .chain(() -> set(tx, HAND_OFF, place))
                .chain(() -> record(tx, place, EventType.SESSION_HANDED_OFF))
                .chain(() -> SessionReading.session(tx, place))));
    }

    /**
     * The assistant has the word again, for what is written from now on: what it left unanswered is taken as dealt with.
     * Fails with a conflict when it has the word already or the session is closed.
     */
    <V> Uni<RestResponse<V>> release(Place place, Once<SessionView, V> once) {
        return transactions.inTenant(place.clientId(), once.of(tx -> holdOpen(tx, place)
                .map(session -> requireHandedOff(session, true))
                .chain(() -> set(tx, RELEASE, place))
                .chain(() -> set(tx, LEAVE_UNANSWERED, place))
                .chain(() -> record(tx, place, EventType.SESSION_RELEASED))
                .chain(() -> SessionReading.session(tx, place))));
    }

    private static Uni<Row> holdOpen(Tx tx, Place place) {
        return tx.sql(HOLD, place.sessionId(), place.clientId()).map(Sessions::requireOpen);
    }

    private static Uni<Void> set(EntityTx tx, String statement, Place place) {
        return tx.sql(statement, place.sessionId(), place.clientId()).replaceWithVoid();
    }

    private Uni<Void> record(Tx tx, Place place, EventType type) {
        JsonObject data = new JsonObject().put("motivo", "pedido");
        return events.record(tx, place.clientId(), place.sessionId(), type, data);
    }

    private static Row requireOpen(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw Problem.notFound("session");
        }
        Row session = rows.iterator().next();
        return require(session, session.getBoolean("open"), "the session is closed");
    }

    private static Row requireAnswerable(Row session) {
        return require(session, session.getBoolean("answerable"), "the session is no conversation with an end user");
    }

    private static Row requireHandedOff(Row session, boolean wanted) {
        String detail = wanted ? "the assistant has the word" : "the session is handed off";
        return require(session, session.getBoolean("handedoff") == wanted, detail);
    }

    private static Row require(Row session, boolean fits, String detail) {
        if (!fits) {
            throw Problem.of(ProblemType.CONFLICT, detail);
        }
        return session;
    }
}
