package dev.comuta.platform.db;

import java.time.Duration;

/**
 * A task that a transaction inserted, or opened for another attempt.
 *
 * @param taskId BackgroundTasks.TaskID
 * @param clientId the tenant, or null for a task of the platform
 * @param taskType the stored type name
 * @param queue the queue that the request named; null for the default of the type
 * @param delay time after the commit at which it may begin; null when it may begin immediately
 * @param traceParent the trace that it belongs to (W3C Trace Context); null when it is not traced
 */
public record RequestedTask(
        long taskId, Long clientId, String taskType, String queue, Duration delay, String traceParent) {

    /** A task of the transaction's trace, if there is one, that may begin immediately. */
    public RequestedTask(long taskId, Long clientId, String taskType, String queue) {
        this(taskId, clientId, taskType, queue, null, null);
    }

    /** The same task, which may begin after this time. */
    public RequestedTask after(Duration least) {
        return new RequestedTask(taskId, clientId, taskType, queue, least, traceParent);
    }

    RequestedTask tracedBy(String parent) {
        return new RequestedTask(taskId, clientId, taskType, queue, delay, parent);
    }
}
