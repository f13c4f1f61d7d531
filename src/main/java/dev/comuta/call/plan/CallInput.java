package dev.comuta.call.plan;

/** What the provider reports at a hook. */
public sealed interface CallInput {

    /** Nothing but that the next steps are asked for. */
    record Nothing() implements CallInput {}

    /** Digits; empty when none was pressed. */
    record Digits(String digits) implements CallInput {}

    /** A spoken answer. */
    record Speech(String text) implements CallInput {}

    /** Dialling has ended. */
    record Dialed(boolean attended) implements CallInput {}

    /** The connection of the caller with the assistant has ended. */
    record Talked(TalkEnd end) implements CallInput {}

    /** A message was recorded, or nothing was said. */
    record Recorded(boolean empty) implements CallInput {}
}
