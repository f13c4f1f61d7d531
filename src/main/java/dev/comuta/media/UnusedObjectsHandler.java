package dev.comuta.media;

import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.object.SealedObjects;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.NewTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import dev.comuta.task.job.RecurringHandler;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * Deletes objects that no row uses. It deletes them here, and not in the transaction that completes the task, because no
 * call leaves the process inside a transaction; a second deletion of an object has no effect.
 */
@ApplicationScoped
class UnusedObjectsHandler implements RecurringHandler {

    private static final int AT_ONCE = 200;
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final MediaStore media;
    private final SealedObjects objects;
    private final Tasks tasks;

    UnusedObjectsHandler(Transactions transactions, MediaStore media, SealedObjects objects, Tasks tasks) {
        this.transactions = transactions;
        this.media = media;
        this.objects = objects;
        this.tasks = tasks;
    }

    @Override
    public TaskType job() {
        return MediaTasks.UNUSED_OBJECTS;
    }

    @Override
    public Duration timeLimit() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return transactions
                .statementsAsPlatform(PlatformReason.RETENTION, tx -> media.markUnused(tx, AT_ONCE))
                .call(keys -> InOrder.each(keys, objects::delete))
                .call(this::forget)
                .map(keys -> next(keys.size()));
    }

    private Uni<Integer> forget(List<String> keys) {
        return transactions.statementsAsPlatform(PlatformReason.RETENTION, tx -> media.forget(tx, keys));
    }

    private Outcome next(int deleted) {
        Duration pause = deleted < AT_ONCE ? PAUSE : Duration.ZERO;
        return new Outcome.Done(null, tx -> tasks.request(tx, NewTask.job(job()).delay(pause)));
    }
}
