package dev.comuta.keyrotation;

import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;

/** Reseals one batch of every sealed column with the current master key. */
@ApplicationScoped
class KeyRotationHandler implements TaskHandler {

    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

    private final MasterKeyRotation rotation;

    KeyRotationHandler(MasterKeyRotation rotation) {
        this.rotation = rotation;
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(KeyRotationTasks.ROTATE_MASTER_KEY);
    }

    @Override
    public Duration timeLimit() {
        return TIME_LIMIT;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return rotation.nextBatches().map(batches -> new Outcome.Done(null, tx -> rotation.reseal(tx, batches)));
    }
}
