package dev.comuta.message;

/**
 * The result of a delivered message.
 *
 * @param clientId null unless accepted
 * @param sessionId null unless accepted
 * @param messageId null unless accepted
 */
public record Received(Outcome outcome, Long clientId, Long sessionId, Long messageId) {

    /** In all three cases the provider need not repeat the delivery. */
    public enum Outcome {
        /** Stored now, with the task of its turn. */
        ACCEPTED,
        /** Stored before; this delivery changed nothing. */
        DUPLICATE,
        /** No active channel has this id; nothing was stored. */
        UNKNOWN
    }
}
