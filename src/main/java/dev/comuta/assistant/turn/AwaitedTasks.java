package dev.comuta.assistant.turn;

import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The task types that a turn waits for: those of the queue 'tool', which are tools and transcriptions. */
@ApplicationScoped
class AwaitedTasks {

    private final Set<TaskType> types;

    AwaitedTasks(@All List<TaskType> types) {
        this.types = types.stream()
                .filter(type -> type.defaultQueue() == TaskQueue.TOOL)
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean contains(TaskType type) {
        return types.contains(type);
    }

    /** The stored names, as a parameter of a statement. */
    String[] stored() {
        return types.stream().map(TaskType::stored).toArray(String[]::new);
    }
}
