package dev.comuta.assistant.turn;

import dev.comuta.assistant.AssistantSetup;
import dev.comuta.channel.BusinessHours;
import dev.comuta.message.SenderType;
import dev.comuta.message.content.Content;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * The data that an engine gets: only this tenant's.
 *
 * @param turnId the id of the turn's task; a retry has the same id
 * @param history the latest messages of the session without the unanswered ones, oldest first
 * @param unanswered the end user's messages without an answer, oldest first; at least one
 * @param results ended look-ups whose results no answer has used, oldest first
 * @param spent the use of models in the session
 * @param spentOnAnswer the part of it that was used after the last answer
 * @param hours the hours in which people answer on the channel; null when they always do
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
        Spending spentOnAnswer,
        BusinessHours hours) {

    /** A turn without a session: one text, and the results of tools that were called for it. */
    public static Turn tried(
            long clientId, AssistantSetup assistant, Instant now, String text, List<ToolResult> results) {
        TurnMessage message = new TurnMessage(0, SenderType.END_USER.stored(), new Content.Text(text), now);
        long turnId = -now.toEpochMilli();
        return new Turn(
                turnId,
                clientId,
                0,
                assistant,
                List.of(),
                List.of(message),
                results,
                Spending.NONE,
                Spending.NONE,
                null);
    }

    /**
     * A message of the session.
     *
     * @param senderType the value in Messages.SenderType
     * @param transcript what was said in its audio file; null when it has none, or nothing was said
     */
    public record TurnMessage(long messageId, String senderType, Content content, Instant at, String transcript) {

        /** A message without a transcript. */
        public TurnMessage(long messageId, String senderType, Content content, Instant at) {
            this(messageId, senderType, content, at, null);
        }

        /** The text of the message, or the transcript of its audio; null when it has neither. */
        public String words() {
            String written = content.readableText();
            return written == null ? transcript : written;
        }
    }

    /**
     * An ended look-up.
     *
     * @param taskId its task; 0 when it has none
     * @param toolName null when the task named none
     * @param arguments never null
     * @param result null when it failed or was canceled
     * @param callId the engine's id of the call; may be null
     * @param hasUnknownOutcome whether a failed call may have had its effect
     */
    public record ToolResult(
            long taskId,
            String toolName,
            JsonObject arguments,
            JsonObject result,
            String callId,
            boolean hasUnknownOutcome) {

        /** Whether the look-up finally failed or was canceled. */
        public boolean failed() {
            return result == null;
        }
    }
}
