package dev.comuta.message.rule;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.session.HandOverReason;
import dev.comuta.session.SessionRef;
import dev.comuta.session.SessionStore;
import dev.comuta.task.ClaimedTask;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Ends the window of a message that came after it, and gives the session of an answer to people. */
@ApplicationScoped
public class WindowEnd {

    private static final String END = "select comuta_end_windows(array[$1::bigint])";

    private final SessionStore sessions;

    public WindowEnd(SessionStore sessions) {
        this.sessions = sessions;
    }

    /** Does nothing for another cause, or for a task without a session, which a plain INSERT may have written. */
    public Uni<Void> handOff(Tx tx, ClaimedTask task, String cause) {
        return Unis.when(
                task.sessionId() != null && SendingRules.WINDOW_ENDED.equals(cause),
                () -> handOff(tx, new SessionRef(task.clientId(), task.sessionId()), task.requestedId("messageId")));
    }

    private Uni<Void> handOff(Tx tx, SessionRef session, long messageId) {
        return sessions.lock(tx, session)
                .call(() -> tx.execute(END, messageId))
                .chain(locked -> Unis.when(
                        locked.open() && !locked.handedOff(),
                        () -> sessions.handOff(tx, session, HandOverReason.WINDOW)));
    }
}
