package dev.comuta.call.summary;

import dev.comuta.call.CallRef;
import dev.comuta.event.EventType;
import dev.comuta.event.Events;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

/** Records 'LigaçãoResumida'. */
@ApplicationScoped
class SummaryEvents {

    private final Events events;

    SummaryEvents(Events events) {
        this.events = events;
    }

    /** The summary of a call was written, by an assistant or by a person. */
    Uni<Void> summarized(Tx tx, CallRef call, long sessionId) {
        JsonObject data = new JsonObject().put("CallID", Long.toString(call.callId()));
        return events.record(tx, call.clientId(), sessionId, EventType.CALL_SUMMARIZED, data);
    }
}
