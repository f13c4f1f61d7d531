package dev.comuta.call;

import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.rest.Cursor;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Reads the calls of clients. */
@ApplicationScoped
public class CallReading {

    private static final String SELECT = """
            select c.*, (select p.end_user_id from comuta_session_people(c.ClientID, c.SessionID) p) as end_user_id,
                   (select s.Outcome from CallSummaries s where s.CallID = c.CallID) as outcome
            from Calls c where c.ClientID = $1""";

    private static final String GET = SELECT + " and c.CallID = $2";

    /** The newest first. A cursor is the id of the page's last call, so new calls shift no page. */
    private static final String LIST = SELECT + """
             and c.CallID < coalesce($2, 9223372036854775807)
              and ($3::text is null or c.CallStatus = $3)
              and ($4::text is null or c.CallDirection = $4)
              and ($5::boolean is null or c.Missed = $5)
              and ($6::boolean is null or (c.EndTime is null) = $6)
              and ($7::bigint is null or c.SessionID in (
                  select s.session_id from comuta_sessions_of_end_user($1, $7) s))
              and ($8::bigint is null or c.AttendedBy = $8 or c.RequestedFor = $8)
              and ($9::bigint is null or c.ChannelID = $9)
              and ($10::timestamptz is null or c.StartTime > $10)
              and ($11::timestamptz is null or c.StartTime < $11)
              and ($12::text is null or exists (
                  select from CallSummaries s where s.CallID = c.CallID and s.Outcome = $12))
            order by c.CallID desc limit $13""";

    private final Transactions transactions;

    CallReading(Transactions transactions) {
        this.transactions = transactions;
    }

    /** A call. Fails with 404 when the client has no such call. */
    public Uni<CallView> get(CallRef call) {
        return transactions.inTenant(call.clientId(), tx -> get(tx, call));
    }

    /** The same in the caller's transaction. */
    public static Uni<CallView> get(Tx tx, CallRef call) {
        return tx.get(GET, CallView::of, "call", call.clientId(), call.callId());
    }

    Uni<Page<CallView>> list(long clientId, PageRequest page, CallFilter filter) {
        Long before = page.after() == null ? null : Cursor.key("after", page.after(), 1)[0];
        return transactions
                .inTenant(
                        clientId,
                        tx -> tx.list(
                                LIST,
                                CallView::of,
                                clientId,
                                before,
                                filter.status(),
                                filter.direction(),
                                filter.missed(),
                                filter.open(),
                                filter.endUserId(),
                                filter.userId(),
                                filter.channelId(),
                                time(filter.startedAfter()),
                                time(filter.startedBefore()),
                                filter.outcome(),
                                page.size() + 1))
                .map(rows -> cut(rows, page.size()));
    }

    private static Page<CallView> cut(List<CallView> rows, int size) {
        return rows.size() <= size
                ? new Page<>(rows, null)
                : new Page<>(
                        List.copyOf(rows.subList(0, size)),
                        Cursor.of(rows.get(size - 1).callId()));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
