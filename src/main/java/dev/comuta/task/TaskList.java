package dev.comuta.task;

import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.rest.TenantRows;
import io.smallrye.mutiny.Uni;

/** Reads tasks, in the order of their ids. */
public final class TaskList {

    private static final TenantRows<StoredTask> ROWS = new TenantRows<>(StoredTask.class, "task");

    private TaskList() {}

    /** Selects tasks; a null field matches all. */
    public record Filter(String taskType, String status, Long sessionId) {}

    /** One page of a client's tasks. */
    public static Uni<Page<TaskView>> page(EntityTx tx, long clientId, PageRequest request, Filter filter) {
        return ROWS.of(clientId)
                .with("taskType", filter.taskType())
                .with("status", filter.status())
                .with("sessionId", filter.sessionId())
                .page(tx, request, StoredTask::taskId)
                .map(tasks -> tasks.map(StoredTask::view));
    }

    /** One task; fails with a problem when the client has no such task. */
    public static Uni<TaskView> get(EntityTx tx, long clientId, long taskId) {
        return ROWS.get(tx, clientId, taskId).map(StoredTask::view);
    }
}
