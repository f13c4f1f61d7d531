package dev.comuta.session;

import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

/** The rooms in which the calls of sessions take place. */
@ApplicationScoped
public class SessionRooms {

    private static final String ENTER = """
            update Sessions set LiveKitRoomID = $3
            where SessionID = $1 and ClientID = $2 and LiveKitRoomID is distinct from $3""";

    private static final String FIND =
            "select ChannelID, LiveKitRoomID, EndTime is null as open from Sessions where SessionID = $1 and ClientID = $2";

    private static final String IN_ROOM = """
            select SessionID from Sessions where ClientID = $1 and LiveKitRoomID = $2
            order by SessionID desc limit 1""";

    private final Transactions transactions;

    SessionRooms(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * A session and its room.
     *
     * @param room null when it has none
     * @param open whether the session has not ended
     */
    public record SessionRoom(long channelId, String room, boolean open) {

        private static SessionRoom of(Row row) {
            return new SessionRoom(row.getLong("channelid"), row.getString("livekitroomid"), row.getBoolean("open"));
        }
    }

    /** The call of a session takes place in a room. */
    public Uni<Void> enter(SessionRef session, String room) {
        return transactions.statementsInTenant(session.clientId(), tx -> enter(tx, session, room));
    }

    /** The same in the caller's transaction. */
    public Uni<Void> enter(Tx tx, SessionRef session, String room) {
        return tx.execute(ENTER, session.sessionId(), session.clientId(), room).replaceWithVoid();
    }

    /** The room of a session. Fails with 404 when the client has no such session, or the caller may not see it. */
    public Uni<SessionRoom> get(Tx tx, SessionRef session) {
        return tx.get(FIND, SessionRoom::of, "session", session.sessionId(), session.clientId());
    }

    /** The same in a transaction of its own. */
    public Uni<SessionRoom> get(SessionRef session) {
        return transactions.statementsInTenant(session.clientId(), tx -> get(tx, session));
    }

    /** {@return the newest session in a room, or null when the client has none} */
    public Uni<Long> find(Tx tx, long clientId, String room) {
        return tx.find(IN_ROOM, row -> row.getLong(0), clientId, room);
    }
}
