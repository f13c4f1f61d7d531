package dev.comuta.call.transfer;

import dev.comuta.call.StoredCall;
import dev.comuta.call.answer.Verb;
import dev.comuta.call.plan.CallScript.Callee;
import dev.comuta.people.UserStore;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Where the end user goes when nobody accepts a transfer. */
@ApplicationScoped
class WayBack {

    private final TransferStore store;
    private final UserStore users;

    WayBack(TransferStore store, UserStore users) {
        this.store = store;
        this.users = users;
    }

    /** Back to the person who transferred; else the next step of the plan. */
    Uni<List<Verb>> steps(Tx tx, StoredCall call, StoredTransfer transfer) {
        return transfer.fromUserId() == null
                ? afterAll(tx, call)
                : users.findNumbers(tx, transfer.call().clientId(), new Long[] {transfer.fromUserId()})
                        .map(numbers -> numbers.get(transfer.fromUserId()))
                        .chain(number -> number == null
                                ? afterAll(tx, call)
                                : Uni.createFrom().item(TransferSteps.back(call, transfer, number)));
    }

    /** Who is dialled at a position of a transfer. */
    Uni<Callee> callee(Tx tx, StoredTransfer transfer, String position) {
        Long from = transfer.fromUserId();
        return !TransferSteps.place(position).isBack() || from == null
                ? Uni.createFrom().item(new Callee(transfer.toUserId(), transfer.toNumber(), null))
                : users.findNumbers(tx, transfer.call().clientId(), new Long[] {from})
                        .map(numbers -> new Callee(from, numbers.get(from), null));
    }

    /** The next step of the plan. */
    Uni<List<Verb>> afterAll(Tx tx, StoredCall call) {
        return store.findTakenAt(tx, call.ref()).onItem().transform(takenAt -> TransferSteps.afterAll(call, takenAt));
    }
}
