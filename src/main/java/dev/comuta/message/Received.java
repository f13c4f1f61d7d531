package dev.comuta.message;

/**
 * What became of a delivered message.
 *
 * @param sessionId null unless accepted
 * @param messageId null unless accepted
 */
public record Received(Outcome outcome, Long sessionId, Long messageId) {

    /** Three ways for a delivery to end; in all three the provider need not send it again. */
    public enum Outcome {
        /** Stored now, with the task that answers it. */
        ACCEPTED,
        /** Stored before: this delivery changed nothing. */
        DUPLICATE,
        /** No active channel of that id: nothing was stored. */
        UNKNOWN
    }
}
