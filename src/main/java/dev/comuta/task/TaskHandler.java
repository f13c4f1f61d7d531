package dev.comuta.task;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * Port: does the work of one type of task. Doing it twice must have the effect of once, because an attempt can be lost
 * after the work and before its end was stored.
 */
public interface TaskHandler {

    TaskType type();

    /** How long one attempt may take; it is then cut off and counts as a failure that may pass. */
    Duration timeLimit();

    /** How many attempts a task gets before its failure is final. */
    default int maxAttempts() {
        return 5;
    }

    /**
     * One attempt. May read in a transaction of its own, may ask the outside world, writes nothing: what must be written
     * is in the outcome. A {@link dev.comuta.platform.problem.PermanentFailure} ends the task; any other failure is tried again.
     */
    Uni<Outcome> run(ClaimedTask task);

    /** The task has failed for good: writes what follows from that, in the transaction that says so. */
    default Uni<Void> onFailed(Tx tx, ClaimedTask task, String cause) {
        return Uni.createFrom().voidItem();
    }

    /**
     * A person took the task back: writes what follows from that, in the transaction that says so. When the task is
     * {@linkplain ClaimedTask#unfinished unfinished}, an attempt was under way whose end nobody will hear of.
     */
    default Uni<Void> canceled(Tx tx, ClaimedTask task) {
        return onFailed(tx, task, "taken back");
    }

    /**
     * A person wants a task that failed for good to be tried again: undoes what {@link #onFailed} wrote, in the
     * transaction that says so. Fails with a problem when that cannot be undone.
     */
    default Uni<Void> onRetried(Tx tx, ClaimedTask task) {
        return Uni.createFrom().voidItem();
    }
}
