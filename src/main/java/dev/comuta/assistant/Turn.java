package dev.comuta.assistant;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * What an assistant is shown: this tenant's data alone.
 *
 * @param history the latest messages of the session before the unanswered ones, oldest first
 * @param unanswered what the end user wrote and nobody answered, oldest first; at least one
 * @param results look-ups that ended since the last answer, oldest first
 */
public record Turn(
        long clientId,
        long sessionId,
        AssistantSetup assistant,
        List<TurnMessage> history,
        List<TurnMessage> unanswered,
        List<ToolResult> results) {

    /**
     * A message of the session.
     *
     * @param senderType the stored word
     * @param contentType the stored word
     * @param text may be null
     */
    public record TurnMessage(long messageId, String senderType, String contentType, String text, Instant at) {}

    /**
     * A look-up that ended.
     *
     * @param toolName null when the task named none
     * @param arguments never null
     * @param result null when it failed
     */
    public record ToolResult(String toolName, JsonObject arguments, JsonObject result) {

        /** Whether it failed for good. */
        public boolean failed() {
            return result == null;
        }
    }
}
