package dev.comuta.event;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;

/** An event and its cursor. */
record EventRow(EventCursor cursor, EventView view) {

    /** The columns that {@link #of} reads, of a table with the alias e. */
    static final String COLUMNS =
            "e.EventID, e.ClientID, e.SessionID, e.EventType, e.EventData, e.Timestamp, e.Tx::text as tx";

    static EventRow of(Row row) {
        long eventId = row.getLong("eventid");
        EventView view = new EventView(
                eventId,
                row.getLong("clientid"),
                row.getLong("sessionid"),
                row.getString("eventtype"),
                row.getValue("eventdata") instanceof JsonObject data ? data.getMap() : null,
                row.getOffsetDateTime("timestamp").toInstant());
        return new EventRow(new EventCursor(Long.parseLong(row.getString("tx")), eventId), view);
    }
}
