package dev.comuta.session;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;

/** Port: notified when a session changes, in the transaction that changes it and has locked the session's row. */
public interface SessionListener {

    /** A person took the session over, or the assistant handed it off. The assistant is silent from now on. */
    default Uni<Void> handedOff(Tx tx, SessionRef session) {
        return Uni.createFrom().voidItem();
    }

    /** The session was handed off by no person: its end user waits for one. Called after {@link #handedOff}. */
    default Uni<Void> waitsForPeople(Tx tx, SessionRef session) {
        return Uni.createFrom().voidItem();
    }

    /** A person answers instead of the assistant: took the session over, or wrote in a session that is handed off. */
    default Uni<Void> takenOver(Tx tx, SessionRef session) {
        return Uni.createFrom().voidItem();
    }

    /** A person of the company wrote to the end user, in this session or to begin it. */
    default Uni<Void> personWrote(Tx tx, SessionRef session) {
        return Uni.createFrom().voidItem();
    }

    /** The assistant answers in the session from now on: a person released it, or no person wrote for too long. */
    default Uni<Void> released(Tx tx, SessionRef session) {
        return Uni.createFrom().voidItem();
    }

    /**
     * The session was closed by request. Sessions that are closed in sets (idle, or with an erased or joined end user)
     * only record the event 'SessãoEncerrada'.
     */
    default Uni<Void> closed(Tx tx, SessionRef session) {
        return Uni.createFrom().voidItem();
    }
}
