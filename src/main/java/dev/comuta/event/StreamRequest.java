package dev.comuta.event;

/** The request of a stream, which may end before the stream begins. */
interface StreamRequest {

    /** Runs the action when the request ends, in whatever way; immediately when it has ended. */
    void onEnd(Runnable action);

    /** Breaks the connection of a subscriber that no longer reads. */
    void disconnect();
}
