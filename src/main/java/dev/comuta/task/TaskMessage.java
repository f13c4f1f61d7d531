package dev.comuta.task;

import dev.comuta.platform.db.RequestedTask;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The message in RabbitMQ: ids of tasks and of their clients, never content.
 *
 * @param tasks in the order in which the tasks were requested
 */
record TaskMessage(List<TaskRef> tasks) {

    private static final String TASKS = "tasks";

    /**
     * One task.
     *
     * @param clientId the tenant, 0 for a task of the platform
     */
    record TaskRef(long taskId, long clientId) {}

    static TaskMessage of(List<RequestedTask> tasks) {
        return new TaskMessage(tasks.stream()
                .map(task -> new TaskRef(task.taskId(), task.clientId() == null ? 0 : task.clientId()))
                .toList());
    }

    /** Reads a message; fails with an {@link IllegalArgumentException} when it is not a task message. */
    static TaskMessage of(JsonObject message) {
        try {
            return new TaskMessage(message.getJsonArray(TASKS).stream()
                    .map(JsonArray.class::cast)
                    .map(pair -> new TaskRef(pair.getLong(0), pair.getLong(1)))
                    .toList());
        } catch (RuntimeException malformed) {
            throw new IllegalArgumentException("not a task message", malformed);
        }
    }

    JsonObject toJson() {
        JsonArray pairs = new JsonArray();
        tasks.forEach(ref -> pairs.add(new JsonArray().add(ref.taskId()).add(ref.clientId())));
        return new JsonObject().put(TASKS, pairs);
    }
}
