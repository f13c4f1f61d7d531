package dev.comuta.assistant.turn;

import dev.comuta.assistant.AssistantSetup;
import dev.comuta.message.Content;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * What an assistant is shown: this tenant's data alone.
 *
 * @param turnId the turn's task; a repeated attempt has the same
 * @param history the latest messages of the session before the unanswered ones, oldest first
 * @param unanswered what the end user wrote and nobody answered, oldest first; at least one
 * @param results look-ups that ended since the last answer, oldest first
 * @param spent what the session's turns took of a model so far
 * @param spentOnAnswer what of it went into the answer that is due
 */
public record Turn(
        long turnId,
        long clientId,
        long sessionId,
        AssistantSetup assistant,
        List<TurnMessage> history,
        List<TurnMessage> unanswered,
        List<ToolResult> results,
        Spending spent,
        Spending spentOnAnswer) {

    Turn having(Spending inSession, Spending forAnswer) {
        return new Turn(turnId, clientId, sessionId, assistant, history, unanswered, results, inSession, forAnswer);
    }

    /**
     * A message of the session.
     *
     * @param senderType the stored word
     */
    public record TurnMessage(long messageId, String senderType, Content content, Instant at) {}

    /**
     * A look-up that ended.
     *
     * @param toolName null when the task named none
     * @param arguments never null
     * @param result null when it failed
     * @param callId the engine's own name for the call; may be null
     */
    public record ToolResult(String toolName, JsonObject arguments, JsonObject result, String callId) {

        /** Whether it failed for good. */
        public boolean failed() {
            return result == null;
        }
    }
}
