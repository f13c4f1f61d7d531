package dev.comuta.platform.db;

/**
 * A task that a transaction inserted.
 *
 * @param taskId BackgroundTasks.TaskID
 * @param clientId the tenant, or null for a task of the platform
 * @param taskType the stored type name, which decides its queue
 * @param traceParent the trace that it belongs to (W3C Trace Context); null when it is not traced
 */
public record RequestedTask(long taskId, Long clientId, String taskType, String traceParent) {

    /** A task of no trace, or of the trace of the transaction that is told of it. */
    public RequestedTask(long taskId, Long clientId, String taskType) {
        this(taskId, clientId, taskType, null);
    }

    RequestedTask tracedBy(String parent) {
        return new RequestedTask(taskId, clientId, taskType, parent);
    }
}
