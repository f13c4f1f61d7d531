package dev.comuta.session;

import dev.comuta.platform.db.Rows;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Statements of the table Sessions. A transaction that writes to a session locks its row first. */
@ApplicationScoped
public class SessionStore {

    private static final String LOCK = """
            select ChannelID, EndTime is null as open, HandedOffAt is not null as handedoff,
                   EndUserID is not null and SessionType = 'Conversa' as conversation
            from Sessions where SessionID = $1 and ClientID = $2 for no key update""";
    private static final String TOUCH =
            "update Sessions set LastMessageAt = clock_timestamp() where SessionID = $1 and ClientID = $2";
    private static final String CLOSE =
            "update Sessions set EndTime = clock_timestamp() where SessionID = $1 and ClientID = $2";
    private static final String HAND_OFF =
            "update Sessions set HandedOffAt = clock_timestamp() where SessionID = $1 and ClientID = $2";
    private static final String RELEASE =
            "update Sessions set HandedOffAt = null where SessionID = $1 and ClientID = $2";

    /** Holds the session's row until the end of the transaction; fails with 404 when the client has no such session. */
    public Uni<LockedSession> lock(Tx tx, SessionRef session) {
        return tx.sql(LOCK, session.sessionId(), session.clientId())
                .map(rows -> Rows.first(rows, LockedSession::of))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("session"));
    }

    /** Sets the time of the last message to now. */
    public Uni<Void> touch(Tx tx, SessionRef session) {
        return set(tx, TOUCH, session);
    }

    Uni<Void> close(Tx tx, SessionRef session) {
        return set(tx, CLOSE, session);
    }

    Uni<Void> handOff(Tx tx, SessionRef session) {
        return set(tx, HAND_OFF, session);
    }

    Uni<Void> release(Tx tx, SessionRef session) {
        return set(tx, RELEASE, session);
    }

    private static Uni<Void> set(Tx tx, String statement, SessionRef session) {
        return tx.sql(statement, session.sessionId(), session.clientId()).replaceWithVoid();
    }
}
