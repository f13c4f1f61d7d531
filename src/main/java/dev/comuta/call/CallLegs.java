package dev.comuta.call;

import dev.comuta.call.plan.CallScript.Callee;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallState;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * The telephones that are dialled for a call beside its script, such as that of a transfer. Their news say nothing about
 * the call. The caller has locked the call.
 */
@ApplicationScoped
public class CallLegs {

    private final CallStore store;
    private final Clock clock;

    CallLegs(CallStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Stores news of a telephone, which may be the first.
     *
     * @param providerId the provider's id of the leg; null when not reported
     */
    public Uni<Void> report(Tx tx, StoredCall call, String position, Callee callee, String providerId, CallNews news) {
        return store.leg(tx, call, position, callee, providerId).chain(leg -> change(tx, call, leg, news));
    }

    private Uni<Void> change(Tx tx, StoredCall call, StoredLeg leg, CallNews news) {
        CallState next = leg.state().after(news, clock.instant());
        return next.equals(leg.state()) ? Uni.createFrom().voidItem() : store.changeLeg(tx, call.ref(), leg, next);
    }

    /** The person of a telephone took the call. */
    public Uni<Void> accept(Tx tx, StoredCall call, String position, Callee callee) {
        return store.leg(tx, call, position, callee, null).chain(leg -> store.taken(tx, call.ref(), leg));
    }
}
