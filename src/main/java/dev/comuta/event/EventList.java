package dev.comuta.event;

import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.rest.TenantRows;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import java.util.List;

/** Reads events. A reader who follows the pages misses no event, whatever is committed meanwhile. */
public final class EventList {

    private static final TenantRows<StoredEvent> ROWS = new TenantRows<>(StoredEvent.class, "event");

    /** An event is settled when no running transaction can still write an event before it. */
    private static final String OF_CLIENT = "select " + EventRow.COLUMNS + """
            , e.Tx < pg_snapshot_xmin(pg_current_snapshot()) as settled
            from Events e
            where e.ClientID = $1 and (e.Tx, e.EventID) > ($2::text::xid8, $3) and ($4::text is null or e.EventType = $4)
            order by e.Tx, e.EventID limit $5""";

    private EventList() {}

    /**
     * One page of a client's events, in the order in which their transactions began. The last page shows every event. A
     * page that another page follows holds settled events only, so it may be short or empty.
     *
     * @param eventType only of this type; null for all
     */
    public static Uni<Page<EventView>> ofClient(Tx tx, long clientId, PageRequest request, String eventType) {
        EventCursor after = request.after() == null ? EventCursor.START : EventCursor.parse("after", request.after());
        int size = request.size();
        return tx.list(OF_CLIENT, row -> row, clientId, Long.toString(after.tx()), after.eventId(), eventType, size + 1)
                .map(rows -> cut(rows, size, after));
    }

    /**
     * One page of a session's events, in the order of their ids. Ids are in commit order here, because a writer locks
     * the session's row.
     *
     * @param eventType only of this type; null for all
     */
    public static Uni<Page<EventView>> ofSession(
            EntityTx tx, long clientId, long sessionId, PageRequest request, String eventType) {
        return ROWS.of(clientId)
                .with("eventType", eventType)
                .with("sessionId", sessionId)
                .page(tx, request, StoredEvent::eventId)
                .map(events -> events.map(StoredEvent::view));
    }

    private static Page<EventView> cut(List<Row> rows, int size, EventCursor after) {
        if (rows.size() <= size) {
            return new Page<>(rows.stream().map(row -> EventRow.of(row).view()).toList(), null);
        }
        List<EventRow> settled = rows.stream()
                .limit(size)
                .takeWhile(row -> row.getBoolean("settled"))
                .map(EventRow::of)
                .toList();
        EventCursor last = settled.isEmpty() ? after : settled.getLast().cursor();
        return new Page<>(settled.stream().map(EventRow::view).toList(), last.text());
    }
}
