package dev.comuta.call;

import dev.comuta.platform.db.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Which telephone a call is at its provider. A call that rings the broker first is the broker's telephone, and ends with
 * it. When the end user goes on without that broker, it becomes the end user's telephone. The change is stored before the
 * two part, because the provider then reports that the broker's telephone has ended.
 */
@ApplicationScoped
public class CallSides {

    /** The position of the leg of a broker whom the end user has left. */
    private static final String FORMER_BROKER = "b";

    private final Transactions transactions;
    private final CallStore store;

    CallSides(Transactions transactions, CallStore store) {
        this.transactions = transactions;
        this.store = store;
    }

    /**
     * The call is the end user's telephone from now on. Fails with 404 when the client has no such call.
     *
     * @param providerId of the end user's telephone
     */
    public Uni<Void> endUserGoesOn(CallRef call, String providerId) {
        return transactions.statementsInTenant(call.clientId(), tx -> store.lock(tx, call)
                .chain(() -> store.change(tx, call, providerId, FORMER_BROKER)));
    }
}
