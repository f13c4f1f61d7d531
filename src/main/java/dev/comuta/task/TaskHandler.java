package dev.comuta.task;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Set;

/**
 * Port: does the work of some types of task. An attempt can be lost after the work and before its completion is stored.
 * So the work must be idempotent, or the handler marks each call with an effect by {@link ClaimedTask#calling} and asks
 * {@link ClaimedTask#unfinished} before it repeats one.
 */
public interface TaskHandler {

    /** The types that it handles; no other handler has one of them. */
    Set<TaskType> types();

    /**
     * Time limit of one attempt; an attempt that exceeds it is canceled and is retried. A handler that changes other
     * systems sets its own, shorter limits, because an attempt that is canceled during a call has an unknown outcome.
     */
    Duration timeLimit();

    /** Attempts of a task before its failure is final. */
    default int maxAttempts() {
        return 5;
    }

    /** Whether attempts change other systems, so that a task can fail with an unknown outcome. */
    default boolean changesOtherSystems() {
        return false;
    }

    /**
     * Whether its tasks may be canceled, by people or because the client is 'Inativo'; false when a canceled one would
     * leave its work half done.
     */
    default boolean isCancelable() {
        return true;
    }

    /**
     * Runs one attempt. It may read in a transaction of its own and call its port. It writes nothing: the rows to be
     * written are in the outcome. Only a job that removes or moves very many rows does so here, in short transactions
     * that may be repeated, so that it does not lock them all until it ends. A
     * {@link dev.comuta.platform.problem.PermanentFailure} fails the task; after any other failure the task is retried.
     */
    Uni<Outcome> run(ClaimedTask task);

    /**
     * Writes the consequences of a final failure, in the transaction that ends the task. When the task
     * {@linkplain ClaimedTask#hasUnknownOutcome has an unknown outcome}, an attempt may have had its effect.
     */
    default Uni<Void> onFailed(Tx tx, ClaimedTask task, String cause) {
        return Uni.createFrom().voidItem();
    }

    /**
     * Writes the consequences of a cancellation, in the transaction that ends the task. When the task is
     * {@linkplain ClaimedTask#unfinished unfinished}, an attempt was under way and its result will never be known.
     */
    default Uni<Void> onCanceled(Tx tx, ClaimedTask task) {
        return onFailed(tx, task, "canceled");
    }

    /** Whether a person may retry a task that is 'Concluída', because its work came to nothing afterwards. */
    default Uni<Boolean> mayBeRedone(Tx tx, ClaimedTask task) {
        return Uni.createFrom().item(false);
    }

    /**
     * Undoes {@link #onFailed}, or work that {@link #mayBeRedone}, when a person retries a task, in the transaction
     * that opens the task. Fails with a problem when that cannot be undone.
     */
    default Uni<Void> onRetried(Tx tx, ClaimedTask task) {
        return Uni.createFrom().voidItem();
    }
}
