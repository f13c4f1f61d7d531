package dev.comuta.call.plan;

/** How a connection of a caller with the assistant ended. */
public enum TalkEnd {
    /** The assistant handed the caller over, or had no more time. */
    HANDED_OVER,
    /** The assistant said goodbye. */
    GOODBYE,
    /** The process that held it stops; another one goes on. */
    DRAINED,
    /** The caller hung up. */
    HUNG_UP,
    /** It was lost. */
    DROPPED,
    /** It cannot be used: there was none, or the provider refused it. */
    UNUSABLE
}
