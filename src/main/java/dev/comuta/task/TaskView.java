package dev.comuta.task;

import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A background task.
 *
 * @param sessionId null when it belongs to none
 * @param requestData the data of the request; null when the row was inserted without data
 * @param resultData the result; null before the task ends
 * @param attempts the number of attempts that have begun
 * @param lastError the cause of the last attempt's failure; null when it succeeded
 */
@Schema(name = "Task")
public record TaskView(
        long taskId,
        Long clientId,
        Long sessionId,
        String taskType,
        String status,
        Map<String, Object> requestData,
        Map<String, Object> resultData,
        int attempts,
        String lastError,
        Instant createdAt,
        Instant updatedAt) {}
