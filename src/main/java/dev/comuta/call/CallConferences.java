package dev.comuta.call;

import dev.comuta.platform.db.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Which calls have moved to a conference of their own. Two connected telephones cannot be held or muted at some providers;
 * they move to a conference first. The mark is stored before they move, because the provider then reports that the
 * connection has ended.
 */
@ApplicationScoped
public class CallConferences {

    private final Transactions transactions;
    private final CallStore store;

    CallConferences(Transactions transactions, CallStore store) {
        this.transactions = transactions;
        this.store = store;
    }

    /** Whether the call is in its conference, or on its way there. Fails with 404 when the client has no such call. */
    public Uni<Boolean> has(CallRef call) {
        return transactions.statementsInTenant(call.clientId(), tx -> store.isInConference(tx, call));
    }

    /** The call is about to move to its conference. */
    public Uni<Void> begin(CallRef call) {
        return transactions.statementsInTenant(call.clientId(), tx -> store.setConference(tx, call, true));
    }

    /** The call could not move. */
    public Uni<Void> abandon(CallRef call) {
        return transactions.statementsInTenant(call.clientId(), tx -> store.setConference(tx, call, false));
    }
}
