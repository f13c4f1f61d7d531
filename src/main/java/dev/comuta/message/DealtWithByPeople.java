package dev.comuta.message;

import dev.comuta.platform.db.Tx;
import dev.comuta.session.SessionListener;
import dev.comuta.session.SessionRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Marks what arrived during a hand-off as answered by people, so that the assistant does not answer it after the release. */
@ApplicationScoped
class DealtWithByPeople implements SessionListener {

    /** 0 is no task. */
    private static final String MARK = """
            update Messages set TurnTaskID = 0
            where SessionID = $1 and ClientID = $2 and SenderType = 'Usuário-Cliente' and TurnTaskID is null""";

    @Override
    public Uni<Void> released(Tx tx, SessionRef session) {
        return tx.sql(MARK, session.sessionId(), session.clientId()).replaceWithVoid();
    }
}
