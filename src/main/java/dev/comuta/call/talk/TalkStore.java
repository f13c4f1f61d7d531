package dev.comuta.call.talk;

import dev.comuta.call.CallRef;
import dev.comuta.call.talk.Talks.Next;
import dev.comuta.call.talk.Talks.Said;
import dev.comuta.message.spoken.SpokenMessages.Line;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Statements of the table CallTalks. */
@ApplicationScoped
class TalkStore {

    private static final String OPEN =
            "select comuta_open_talk($1, $2, $3, $4, $5::double precision * interval '1 millisecond')";

    private static final String POLL =
            "select * from comuta_poll_talks($1, $2::double precision * interval '1 millisecond')";

    private static final String BEGUN = """
            update CallTalks set BegunAt = clock_timestamp()
            where ClientID = $1 and CallID = $2 and Place = $3 and BegunAt is null""";

    private static final String CLOSE = """
            update CallTalks set EndedAt = clock_timestamp()
            where ClientID = $1 and CallID = $2 and Place = $3 and EndedAt is null""";

    private static final String CLOSE_ALL = """
            update CallTalks set EndedAt = clock_timestamp() where ClientID = $1 and CallID = $2 and EndedAt is null""";

    /** {@return whether nobody took the place before} */
    Uni<Boolean> open(Tx tx, CallRef call, String place, UUID holder, Duration lease) {
        return tx.find(
                OPEN, row -> row.getBoolean(0), call.clientId(), call.callId(), place, holder, (double) lease.toMillis());
    }

    Uni<List<Said>> poll(Tx tx, UUID holder, Duration lease) {
        return tx.sql(POLL, holder, (double) lease.toMillis()).map(TalkStore::said);
    }

    private static List<Said> said(RowSet<Row> rows) {
        Map<CallRef, Said> calls = new LinkedHashMap<>();
        for (Row row : rows) {
            CallRef call = new CallRef(row.getLong("client_id"), row.getLong("call_id"));
            Said said = calls.computeIfAbsent(call, same -> new Said(same, new ArrayList<>(), next(row)));
            if (row.getLong("message_id") != null) {
                said.lines().add(new Line(row.getLong("message_id"), row.getString("content")));
            }
        }
        return List.copyOf(calls.values());
    }

    private static Next next(Row row) {
        return row.getBoolean("over") ? Next.CALL_OVER : row.getBoolean("waits") ? Next.HAND_OVER : Next.GO_ON;
    }

    Uni<Void> begun(Tx tx, CallRef call, String place) {
        return tx.execute(BEGUN, call.clientId(), call.callId(), place).replaceWithVoid();
    }

    Uni<Void> close(Tx tx, CallRef call, String place) {
        return tx.execute(CLOSE, call.clientId(), call.callId(), place).replaceWithVoid();
    }

    Uni<Void> closeAll(Tx tx, CallRef call) {
        return tx.execute(CLOSE_ALL, call.clientId(), call.callId()).replaceWithVoid();
    }
}
