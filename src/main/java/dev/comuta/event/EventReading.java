package dev.comuta.event;

import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads the events of a client. */
@ApplicationScoped
class EventReading {

    private final Transactions transactions;

    EventReading(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * One page of events.
     *
     * @param eventType only of this type; null for all
     * @param sessionId only of this session; null for all
     */
    Uni<Page<EventView>> list(long clientId, PageRequest page, String eventType, Long sessionId) {
        return transactions.inTenant(
                clientId,
                tx -> sessionId == null
                        ? EventList.ofClient(tx, clientId, page, eventType)
                        : EventList.ofSession(tx, clientId, sessionId, page, eventType));
    }
}
