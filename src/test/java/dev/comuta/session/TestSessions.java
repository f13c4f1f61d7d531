package dev.comuta.session;

import dev.comuta.event.Events;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Sessions without a server, for tests of other rooms. */
public final class TestSessions {

    private TestSessions() {}

    /** The statements of sessions, with these listeners and settings. */
    public static SessionStore store(List<SessionListener> listeners, Map<String, String> settings) {
        return new SessionStore(listeners, new Events(), TestTransactions.config(SessionConfig.class, settings));
    }

    /** The use cases of sessions, on these statements. */
    public static Sessions sessions(Transactions transactions, SessionStore store) {
        return new Sessions(transactions, store, TestTransactions.config(SessionConfig.class));
    }

    /** A request of the client closes the session. */
    public static Uni<Void> close(SessionStore store, Tx tx, SessionRef session) {
        return store.close(tx, session);
    }

    /** The job gives sessions back in which no person wrote for this long. */
    public static Uni<Integer> releaseUnattended(SessionStore store, Tx tx, Duration since) {
        return store.releaseUnattended(tx, since, 100);
    }

    /** The rooms of sessions. */
    public static SessionRooms rooms(Transactions transactions) {
        return new SessionRooms(transactions);
    }
}
