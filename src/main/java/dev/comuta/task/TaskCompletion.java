package dev.comuta.task;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * How an attempt leaves its row, and what it changes besides.
 *
 * @param retryAt when the next attempt may begin; null for a final ending
 * @param effects rows of the same transaction
 */
record TaskCompletion(
        ClaimedTask task, TaskStatus status, JsonObject resultData, String error, Instant retryAt, Effects effects) {

    static TaskCompletion done(ClaimedTask task, JsonObject resultData, Effects effects) {
        return new TaskCompletion(task, TaskStatus.DONE, resultData, null, null, effects);
    }

    static TaskCompletion failed(ClaimedTask task, String cause, Effects effects) {
        return new TaskCompletion(task, TaskStatus.FAILED, null, cause, null, effects);
    }

    static TaskCompletion retry(ClaimedTask task, String cause, Instant at) {
        return new TaskCompletion(task, TaskStatus.PENDING, null, cause, at, Effects.NONE);
    }

    /** As {@code comuta_complete} takes it. */
    JsonObject toJson() {
        return new JsonObject()
                .put("task", task.taskId())
                .put("session", task.sessionId())
                .put("lease", task.leaseId().toString())
                .put("status", status.stored())
                .put("result", resultData)
                .put("error", error)
                .put("retryAt", retryAt);
    }
}
