package dev.comuta.task;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;

/** Port: told of every task that failed for good, in the transaction that says so. */
public interface FinalFailures {

    /**
     * A task has used up its attempts, or can never succeed.
     *
     * @param cause one sentence, without message text or secrets
     */
    Uni<Void> failed(Tx tx, ClaimedTask task, String cause);
}
