package dev.comuta.call.summary;

import dev.comuta.platform.db.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads and replaces the outcomes of calls that a client has. */
@ApplicationScoped
class ClientCallOutcomes {

    private final Transactions transactions;
    private final CallOutcomeStore store;

    ClientCallOutcomes(Transactions transactions, CallOutcomeStore store) {
        this.transactions = transactions;
        this.store = store;
    }

    Uni<CallOutcomes> get(long clientId) {
        return transactions.statementsInTenant(clientId, tx -> store.find(tx, clientId));
    }

    /** Replaces the outcomes. Calls keep theirs. Fails as invalid when an outcome is there twice. */
    Uni<CallOutcomes> set(long clientId, CallOutcomes outcomes) {
        outcomes.requireValid();
        return transactions.statementsInTenant(
                clientId, tx -> store.set(tx, clientId, outcomes).chain(() -> store.find(tx, clientId)));
    }
}
