package dev.comuta.session;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;

/** Port: notified of changes of a session, in the transaction that changes it and holds the session's row. */
public interface SessionListener {

    /** The assistant is silent from now on: a person took the session over, or the assistant handed it off. */
    default Uni<Void> handedOff(Tx tx, SessionRef session) {
        return Uni.createFrom().voidItem();
    }

    /** The session was given back to the assistant. */
    default Uni<Void> released(Tx tx, SessionRef session) {
        return Uni.createFrom().voidItem();
    }

    /**
     * The session was closed by request. Sessions that are closed in sets (idle, erased, of one person) are known by the
     * event 'SessãoEncerrada' alone.
     */
    default Uni<Void> closed(Tx tx, SessionRef session) {
        return Uni.createFrom().voidItem();
    }
}
