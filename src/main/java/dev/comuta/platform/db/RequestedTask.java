package dev.comuta.platform.db;

/**
 * A task that a transaction inserted.
 *
 * @param taskId BackgroundTasks.TaskID
 * @param clientId the tenant, or null for a task of the platform
 * @param taskType the stored type name
 * @param queue the queue that the request named; null for the default of the type
 * @param traceParent the trace that it belongs to (W3C Trace Context); null when it is not traced
 */
public record RequestedTask(long taskId, Long clientId, String taskType, String queue, String traceParent) {

    /** A task of the transaction's trace, if there is one. */
    public RequestedTask(long taskId, Long clientId, String taskType, String queue) {
        this(taskId, clientId, taskType, queue, null);
    }

    RequestedTask tracedBy(String parent) {
        return new RequestedTask(taskId, clientId, taskType, queue, parent);
    }
}
