package dev.comuta.call;

import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallState;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.EndReason;
import dev.comuta.event.EventType;
import dev.comuta.event.Events;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Changes the states of locked calls by {@link CallState#after}, with all that follows in the same commit.
 * 'ChamadaConectada' and 'ChamadaEncerrada' are recorded once for each call.
 */
@ApplicationScoped
class CallChanges {

    private final CallStore store;
    private final Events events;
    private final List<CallListener> listeners;
    private final CallsConfig config;
    private final Clock clock;

    CallChanges(CallStore store, Events events, @All List<CallListener> listeners, CallsConfig config, Clock clock) {
        this.store = store;
        this.events = events;
        this.listeners = listeners;
        this.config = config;
        this.clock = clock;
    }

    /**
     * News of a call whose session is locked. Of a call that rings the broker first, it is news of the broker's telephone.
     */
    Uni<StoredCall> apply(Tx tx, StoredCall call, CallNews news) {
        if (!call.ringsBrokerFirst()) {
            return applyOfCall(tx, call, news);
        }
        return news.hasEnded()
                ? store.legs(tx, call.ref()).chain(legs -> applyOfCall(tx, call, endOf(call, legs, news)))
                : applyOfCall(tx, call, news.status() == CallStatus.QUEUED ? news : CallNews.nothing());
    }

    /** The call is the end user's telephone when the broker has left. */
    private static CallNews endOf(StoredCall call, List<StoredLeg> legs, CallNews news) {
        return StoredLeg.isAmong(legs, call.providerId()) ? news : endOfBroker(news, !legs.isEmpty());
    }

    /**
     * News of the call when the telephone of the broker, who is rung first, has ended. If the end user was dialled, the end
     * user's telephone reports how the call ended. Otherwise the broker, or the broker's voicemail, did not accept it.
     */
    private static CallNews endOfBroker(CallNews news, boolean endUserDialed) {
        CallNews end = endUserDialed
                ? CallNews.ended()
                : CallNews.of(CallStatus.CANCELED)
                        .because(news.status() == CallStatus.CANCELED ? EndReason.WITHDRAWN : EndReason.BROKER_ABSENT);
        return end.at(news.at()).costing(news.price());
    }

    /** News of the call itself. */
    Uni<StoredCall> applyOfCall(Tx tx, StoredCall call, CallNews news) {
        CallState next = after(call.state(), news);
        boolean detected = call.state().answeredBy() == null
                && next.answeredBy() != null
                && !next.status().isFinal();
        StoredCall changed = call.with(next);
        boolean connects = call.state().connectsBy(next);
        boolean ends = call.state().endsBy(next);
        return store.change(tx, call.ref(), next, checkAfter(next))
                .chain(() -> Unis.when(connects, () -> connected(tx, changed)))
                .chain(() ->
                        Unis.when(detected, () -> InOrder.each(listeners, listener -> listener.detected(tx, changed))))
                .chain(() -> Unis.when(ends, () -> ended(tx, changed)))
                .replaceWith(changed);
    }

    private Uni<Void> connected(Tx tx, StoredCall call) {
        return record(tx, call, EventType.CALL_CONNECTED)
                .chain(() -> InOrder.each(listeners, listener -> listener.connected(tx, call)));
    }

    private Uni<Void> ended(Tx tx, StoredCall call) {
        return record(tx, call, EventType.CALL_ENDED)
                .chain(() -> InOrder.each(listeners, listener -> listener.ended(tx, call)))
                .chain(() -> store.endSession(tx, call));
    }

    private Uni<Void> record(Tx tx, StoredCall call, EventType type) {
        JsonObject data =
                new JsonObject().put("CallID", Long.toString(call.ref().callId()));
        return events.record(tx, call.ref().clientId(), call.sessionId(), type, data);
    }

    /** When the provider is asked if no news arrives; null when all is known. */
    private Duration checkAfter(CallState state) {
        if (!state.status().isFinal()) {
            return config.checkAfter();
        }
        boolean complete =
                !state.presumedEnd() && (!state.connected() || (state.duration() != null && state.price() != null));
        return complete ? null : config.detailsAfter();
    }

    /** The state of a call or a leg after news. */
    CallState after(CallState state, CallNews news) {
        return state.after(news, clock.instant());
    }
}
