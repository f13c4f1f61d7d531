package dev.comuta.task;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Records the tasks that it runs.
 *
 * @param run the ids of these tasks, in their order
 * @param result of each attempt
 */
record RecordingHandler(TaskType type, Duration timeLimit, List<Long> run, Uni<Outcome> result) implements TaskHandler {

    @Override
    public Set<TaskType> types() {
        return Set.of(type);
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        run.add(task.taskId());
        return result;
    }
}
