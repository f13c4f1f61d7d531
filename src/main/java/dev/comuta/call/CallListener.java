package dev.comuta.call;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;

/** Port: changes of calls, in the transaction that stores them. The call and its session are locked. */
public interface CallListener {

    /** The call was answered, for the first time. */
    default Uni<Void> connected(Tx tx, StoredCall call) {
        return Uni.createFrom().voidItem();
    }

    /** Somebody of the company took an incoming call, or an end user took one of the company. */
    default Uni<Void> attended(Tx tx, StoredCall call) {
        return Uni.createFrom().voidItem();
    }

    /** The provider reports for the first time whether a person or a machine answered. The call goes on. */
    default Uni<Void> detected(Tx tx, StoredCall call) {
        return Uni.createFrom().voidItem();
    }

    /** The call has ended. News of what happened before may still arrive. */
    default Uni<Void> ended(Tx tx, StoredCall call) {
        return Uni.createFrom().voidItem();
    }
}
