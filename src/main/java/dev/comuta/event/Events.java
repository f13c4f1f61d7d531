package dev.comuta.event;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

/** Writes events into the transaction in which they happen. */
@ApplicationScoped
public class Events {

    private static final String RECORD = """
            insert into Events (ClientID, SessionID, EventType, EventData, Timestamp)
            values ($1, $2, $3, $4, clock_timestamp())""";

    private static final String EXPORT = """
            select coalesce(jsonb_agg(jsonb_build_object('eventId', e.EventID, 'sessionId', e.SessionID,
                'eventType', e.EventType, 'eventData', e.EventData, 'timestamp', e.Timestamp) order by e.EventID), '[]')
            from Events e where e.ClientID = $1 and e.SessionID = any ($2)""";

    private static final String ERASE = """
            update Events e
            set EventData = (
                select coalesce(jsonb_object_agg(d.key, d.value), '{}') from jsonb_each(e.EventData) d
                where d.key = any ($3::text[]))
            where e.ClientID = $1 and e.SessionID = any ($2) and e.EventData - $3::text[] <> '{}'""";

    private static final String ERASE_NAMES = """
            update Events e set EventData = e.EventData - '{erro,detalhe}'::text[]
            where e.ClientID = $1 and e.SessionID is null
              and comuta_names(concat_ws(' ', e.EventData ->> 'erro', e.EventData ->> 'detalhe'), $2)""";

    /** Ids and values of closed sets: the data that an event keeps after its end user was erased. */
    private static final String[] IMPERSONAL = {
        "MessageID", "TaskID", "CallID", "RecordingID", "ConsentID", "ChannelID", "TaskType", "motivo"
    };

    /**
     * Records that something happened.
     *
     * @param clientId the tenant; null for an event of the platform
     * @param sessionId the session it belongs to; may be null
     * @param data keys as {@link EventData} spells them, ids as strings, never message text or secrets
     */
    public Uni<Void> record(Tx tx, Long clientId, Long sessionId, EventType type, JsonObject data) {
        return tx.execute(RECORD, clientId, sessionId, type.stored(), data).replaceWithVoid();
    }

    /** All events of these sessions, as an end user gets them. */
    public Uni<JsonArray> export(Tx tx, long clientId, Long[] sessions) {
        return tx.find(EXPORT, row -> row.getJsonArray(0), clientId, sessions);
    }

    /** Removes from the events of these sessions all data but ids and values of closed sets. */
    public Uni<Void> erase(Tx tx, long clientId, Long[] sessions) {
        return tx.execute(ERASE, clientId, sessions, IMPERSONAL).replaceWithVoid();
    }

    /** Removes the error texts that contain one of the names from a client's events without a session. */
    public Uni<Void> eraseNames(Tx tx, long clientId, String[] names) {
        return tx.execute(ERASE_NAMES, clientId, names).replaceWithVoid();
    }
}
