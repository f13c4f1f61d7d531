package dev.comuta.event;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;

/** An event with its streamPosition in the order in which readers see events. */
record EventRow(EventCursor cursor, EventView view) {

    /** What a statement must select. */
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
