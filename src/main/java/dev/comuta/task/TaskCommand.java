package dev.comuta.task;

import dev.comuta.platform.db.RequestedTask;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What travels through RabbitMQ: ids of tasks and of their clients, never a body.
 *
 * @param tickets in the order in which the tasks were requested
 */
record TaskCommand(List<Ticket> tickets) {

    private static final String TASKS = "tasks";

    /**
     * One task.
     *
     * @param clientId the tenant, 0 for a task of the platform
     */
    record Ticket(long taskId, long clientId) {}

    static TaskCommand of(List<RequestedTask> tasks) {
        return new TaskCommand(tasks.stream()
                .map(task -> new Ticket(task.taskId(), task.clientId() == null ? 0 : task.clientId()))
                .toList());
    }

    /** Reads a command; fails with an {@link IllegalArgumentException} when the message is none of ours. */
    static TaskCommand of(JsonObject message) {
        try {
            return new TaskCommand(message.getJsonArray(TASKS).stream()
                    .map(JsonArray.class::cast)
                    .map(pair -> new Ticket(pair.getLong(0), pair.getLong(1)))
                    .toList());
        } catch (RuntimeException strange) {
            throw new IllegalArgumentException("not a task command", strange);
        }
    }

    JsonObject toJson() {
        JsonArray pairs = new JsonArray();
        tickets.forEach(ticket -> pairs.add(new JsonArray().add(ticket.taskId()).add(ticket.clientId())));
        return new JsonObject().put(TASKS, pairs);
    }
}
