package dev.comuta.task;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * The new state of a task after an attempt, and the rows that the same transaction writes.
 *
 * @param retryAfter time until the next attempt may begin; null for a final state
 * @param counts whether the attempt counts
 * @param effects the rows
 */
record TaskCompletion(
        ClaimedTask task,
        TaskStatus status,
        JsonObject resultData,
        String error,
        Duration retryAfter,
        boolean counts,
        Effects effects) {

    private static final int SECOND = 1000;

    static TaskCompletion done(ClaimedTask task, JsonObject resultData, Effects effects) {
        return new TaskCompletion(task, TaskStatus.DONE, resultData, null, null, true, effects);
    }

    static TaskCompletion failed(ClaimedTask task, JsonObject resultData, String cause, Effects effects) {
        return new TaskCompletion(task, TaskStatus.FAILED, resultData, cause, null, true, effects);
    }

    static TaskCompletion canceled(ClaimedTask task, String cause, Effects effects) {
        return new TaskCompletion(task, TaskStatus.CANCELED, null, cause, null, true, effects);
    }

    static TaskCompletion retry(ClaimedTask task, String cause, Duration after) {
        return new TaskCompletion(task, TaskStatus.PENDING, null, cause, after, true, Effects.NONE);
    }

    /** A retry after an attempt that does not count. */
    static TaskCompletion postponed(ClaimedTask task, String cause, Duration after) {
        return new TaskCompletion(task, TaskStatus.PENDING, null, cause, after, false, Effects.NONE);
    }

    /** The same completion, whose effects request tasks of this trace. */
    TaskCompletion tracedBy(String traceParent) {
        return new TaskCompletion(
                task, status, resultData, error, retryAfter, counts, tx -> effects.write(tx.tracedBy(traceParent)));
    }

    /** The form that {@code comuta_complete} reads. */
    JsonObject toJson() {
        return new JsonObject()
                .put("task", task.taskId())
                .put("session", task.sessionId())
                .put("lease", task.leaseId().toString())
                .put("status", status.stored())
                .put("result", resultData)
                .put("error", error)
                .put("retryAfter", retryAfter == null ? null : retryAfter.toMillis() / (double) SECOND)
                .put("counts", counts)
                .put("unknown", task.hasUnknownOutcome());
    }
}
