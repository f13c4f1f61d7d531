package dev.comuta.sandbox.voice;

/** Twilio's words for the state of a call; those of the voice gateway are the same. */
enum CallStatus {
    QUEUED("queued", "queued"),
    INITIATED("initiated", "initiated"),
    RINGING("ringing", "ringing"),
    IN_PROGRESS("in-progress", "answered"),
    COMPLETED("completed", "completed"),
    BUSY("busy", "completed"),
    FAILED("failed", "completed"),
    NO_ANSWER("no-answer", "completed"),
    CANCELED("canceled", "completed");

    private final String word;
    private final String event;

    CallStatus(String word, String event) {
        this.word = word;
        this.event = event;
    }

    String word() {
        return word;
    }

    /** The event to which a receiver subscribes for it: all ends are one event. */
    String event() {
        return event;
    }

    boolean isFinal() {
        return compareTo(COMPLETED) >= 0;
    }
}
