package dev.comuta.platform;

/**
 * A task that a transaction inserted.
 *
 * @param taskId BackgroundTasks.TaskID
 * @param clientId the tenant, or null for a task of the platform
 * @param taskType the stored type name, which decides its queue
 */
public record RequestedTask(long taskId, Long clientId, String taskType) {}
