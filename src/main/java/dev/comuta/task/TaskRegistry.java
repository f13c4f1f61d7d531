package dev.comuta.task;

import dev.comuta.platform.db.RequestedTask;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The declared types of task and their handlers; a type may have no handler in this version. */
@ApplicationScoped
public class TaskRegistry {

    private final Map<String, TaskType> types;
    private final Map<TaskType, TaskHandler> handlers;

    public TaskRegistry(@All List<TaskType> types, @All List<TaskHandler> handlers) {
        this.types = types.stream().collect(Collectors.toUnmodifiableMap(TaskType::stored, Function.identity()));
        this.handlers = handlers.stream()
                .flatMap(handler -> handler.types().stream().map(type -> Map.entry(type, handler)))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        if (!this.types.values().containsAll(this.handlers.keySet())) {
            throw new IllegalStateException("handled but not declared: " + this.handlers.keySet());
        }
    }

    /** Every declared type. */
    public Collection<TaskType> types() {
        return types.values();
    }

    /** The declared types of a default queue. */
    public Set<TaskType> ofQueue(TaskQueue queue) {
        return types.values().stream()
                .filter(type -> type.defaultQueue() == queue)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The type with this stored name. An undeclared name, for example from another version, gets a
     * {@linkplain TaskType#silent silent} type with the queue 'bulk'.
     */
    public TaskType typeOf(String stored) {
        TaskType declared = types.get(stored);
        return declared == null ? TaskType.silent(stored, TaskQueue.BULK) : declared;
    }

    /** The queue to which a task is published: the one that its request named, or the default of its type. */
    TaskQueue queueOf(RequestedTask task) {
        return TaskQueue.of(task.queue())
                .orElseGet(() -> typeOf(task.taskType()).defaultQueue());
    }

    /** {@return the declared type with this stored name, or empty for a name of another version or system} */
    public Optional<TaskType> declared(String stored) {
        return Optional.ofNullable(types.get(stored));
    }

    Optional<TaskHandler> handlerOf(TaskType type) {
        return Optional.ofNullable(handlers.get(type));
    }

    /** Whether a task of this stored type may be canceled; a type without a handler can be. */
    boolean isCancelable(String stored) {
        return handlerOf(typeOf(stored)).map(TaskHandler::isCancelable).orElse(true);
    }

    /** The stored types whose tasks may not be canceled. */
    List<String> uncancelable() {
        return handlers.entrySet().stream()
                .filter(handled -> !handled.getValue().isCancelable())
                .map(handled -> handled.getKey().stored())
                .toList();
    }

    Map<TaskType, TaskHandler> handlers() {
        return handlers;
    }
}
