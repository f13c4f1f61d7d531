package dev.comuta.call.outgoing;

import dev.comuta.platform.db.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads and changes where and when clients may call. */
@ApplicationScoped
class ClientCallRules {

    private final Transactions transactions;
    private final CallRuleStore store;

    ClientCallRules(Transactions transactions, CallRuleStore store) {
        this.transactions = transactions;
        this.store = store;
    }

    /** The rules that apply to a client. */
    Uni<CallRules> get(long clientId) {
        return transactions.statementsInTenant(clientId, tx -> store.effective(tx, clientId));
    }

    /** Replaces the rules of a client. Fails as invalid when a value does not exist. */
    Uni<CallRules> set(long clientId, CallRules rules) {
        rules.requireValid();
        return transactions.statementsInTenant(
                clientId, tx -> store.set(tx, clientId, rules).chain(() -> store.effective(tx, clientId)));
    }
}
