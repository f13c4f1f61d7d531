package dev.comuta.task;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;

/** Port: notified of the end of tasks, in the transaction that ends them. A retry is not an end. */
public interface TaskListener {

    /** Whether the listener is notified of tasks of this type. */
    boolean listensTo(TaskType type);

    /** The task succeeded. */
    default Uni<Void> completed(Tx tx, ClaimedTask task) {
        return Uni.createFrom().voidItem();
    }

    /**
     * The task failed finally: it has no attempts left, or can never succeed.
     *
     * @param cause one sentence, without message text or secrets
     */
    default Uni<Void> failed(Tx tx, ClaimedTask task, String cause) {
        return Uni.createFrom().voidItem();
    }

    /** The task was canceled by a person, or because its client is 'Inativo'. */
    default Uni<Void> canceled(Tx tx, ClaimedTask task) {
        return Uni.createFrom().voidItem();
    }
}
