package dev.comuta.assistant.turn;

import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The types of task that a turn waits for: tools and transcriptions, the types of the queue 'tool'. */
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

    /** The stored words, as a parameter of a statement. */
    String[] stored() {
        return types.stream().map(TaskType::stored).toArray(String[]::new);
    }
}
