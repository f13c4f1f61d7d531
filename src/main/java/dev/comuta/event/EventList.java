package dev.comuta.event;

import dev.comuta.platform.EntityTx;
import dev.comuta.platform.Page;
import dev.comuta.platform.PageRequest;
import dev.comuta.platform.TenantRows;
import io.smallrye.mutiny.Uni;

/** Reads what happened, in the order of the ids. A list for people: who must miss nothing follows the stream. */
public final class EventList {

    private static final TenantRows<StoredEvent> ROWS = new TenantRows<>(StoredEvent.class, "event");

    private EventList() {}

    /**
     * One page of a client's events.
     *
     * @param eventType only of this type; null for all
     * @param sessionId only of this session; null for all
     */
    public static Uni<Page<EventView>> page(
            EntityTx tx, long clientId, PageRequest request, String eventType, Long sessionId) {
        return ROWS.of(clientId)
                .with("eventType", eventType)
                .with("sessionId", sessionId)
                .page(tx, request, StoredEvent::eventId)
                .map(events -> events.map(StoredEvent::view));
    }
}
