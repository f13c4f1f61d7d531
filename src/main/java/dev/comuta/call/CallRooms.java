package dev.comuta.call;

import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.session.SessionRef;
import dev.comuta.session.SessionRooms;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** The calls that take place in rooms. */
@ApplicationScoped
public class CallRooms {

    private final Transactions transactions;
    private final CallStore store;
    private final SessionRooms rooms;

    CallRooms(Transactions transactions, CallStore store, SessionRooms rooms) {
        this.transactions = transactions;
        this.store = store;
        this.rooms = rooms;
    }

    /** {@return the newest call in a room, without a lock, or null when the client has none} */
    public Uni<StoredCall> find(long clientId, String room) {
        return transactions.statementsInTenant(clientId, tx -> find(tx, clientId, room));
    }

    private Uni<StoredCall> find(Tx tx, long clientId, String room) {
        return rooms.find(tx, clientId, room)
                .chain(session ->
                        session == null ? Uni.createFrom().nullItem() : store.findOfSession(tx, clientId, session));
    }

    /** A call takes place in a room. */
    public Uni<Void> enter(StoredCall call, String room) {
        return rooms.enter(new SessionRef(call.ref().clientId(), call.sessionId()), room);
    }

    /** The same in the caller's transaction. */
    public Uni<Void> enter(Tx tx, StoredCall call, String room) {
        return rooms.enter(tx, new SessionRef(call.ref().clientId(), call.sessionId()), room);
    }

    /** Asks the provider about a call that rings after this time, because no news reports the answer. */
    public Uni<Void> checkWithin(CallRef call, Duration time) {
        return transactions.statementsInTenant(call.clientId(), tx -> store.checkWithin(tx, call, time));
    }
}
