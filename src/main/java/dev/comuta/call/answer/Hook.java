package dev.comuta.call.answer;

/**
 * Where a provider reports the result of a step, and asks for the next ones. All that a hook needs is in it, so that a
 * repeated report gets the same steps.
 *
 * @param kind what is reported
 * @param callId the call
 * @param position the position in the script of the call; may be empty
 */
public record Hook(Kind kind, long callId, String position) {

    /** What a hook reports. Its name is in the URL. */
    public enum Kind {
        /** The next steps are asked for. */
        NEXT,
        /** The result of {@link Verb.Gather}. */
        GATHERED,
        /** The end of {@link Verb.Dial}. */
        DIALED,
        /** The result of {@link Verb.RecordMessage}. */
        RECORDED,
        /** A dialled telephone answered, and its person is asked whether to take the call. */
        CONFIRM,
        /** The person's answer to that. */
        CONFIRMED,
        /** The connection of a caller with the assistant. */
        RELAY,
        /** The end of {@link Verb.Converse}. */
        TALKED,
        /** The result of {@link Verb.Listen}. */
        SAID,
        /** The answer of the assistant is asked for, which was not ready. */
        AWAITED,
        /** A status of a dialled telephone. */
        LEG,
        /** A status of a recording. */
        RECORDING
    }
}
