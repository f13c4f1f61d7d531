package dev.comuta.event;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

/** Writes events into the transaction in which they happen. */
@ApplicationScoped
public class Events {

    private static final String RECORD = """
            insert into Events (ClientID, SessionID, EventType, EventData, Timestamp)
            values ($1, $2, $3, $4, clock_timestamp())""";

    /**
     * Records that something happened.
     *
     * @param clientId the tenant; null for an event of the platform
     * @param sessionId the session it belongs to; may be null
     * @param data keys as the design document spells them, ids as strings, never message text or secrets
     */
    public Uni<Void> record(Tx tx, Long clientId, Long sessionId, EventType type, JsonObject data) {
        return tx.sql(RECORD, clientId, sessionId, type.stored(), data).replaceWithVoid();
    }
}
