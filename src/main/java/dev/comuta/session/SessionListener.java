package dev.comuta.session;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;

/** Port: notified of changes of a session, in the transaction that changes it and holds the session's row. */
public interface SessionListener {

    /** A person took the session over from the assistant. */
    default Uni<Void> handedOff(Tx tx, SessionRef session) {
        return Uni.createFrom().voidItem();
    }

    /** The session was given back to the assistant. */
    default Uni<Void> released(Tx tx, SessionRef session) {
        return Uni.createFrom().voidItem();
    }

    /** The session was closed. */
    default Uni<Void> closed(Tx tx, SessionRef session) {
        return Uni.createFrom().voidItem();
    }
}
