package dev.comuta.task;

import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something that happens in the background.
 *
 * @param sessionId null when it belongs to none
 * @param requestData what it was asked; null when the row was inserted without
 * @param resultData what came of it; null before its end
 * @param attempts how often it was begun
 * @param lastError why the last attempt did not end well; null when it did
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
