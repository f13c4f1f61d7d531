package dev.comuta.provider.twilio.relay;

import java.util.Locale;

/** What a conversation wants to be done, in this order. */
sealed interface Command {

    /**
     * Speak a part of a text.
     *
     * @param last whether the text is complete
     * @param preemptible whether the next text replaces it
     */
    record Say(String token, boolean last, boolean preemptible) implements Command {}

    /** Store what the caller said. */
    record Hear(String text) implements Command {

        @Override
        public String toString() {
            return "Hear";
        }
    }

    /** Store how much of a line was heard; empty for nothing. */
    record Interrupted(long messageId, String heard) implements Command {}

    /** End the talk; the call goes on with its next step. */
    record End(Reason reason) implements Command {}

    /** Close the connection without a word. */
    record Close() implements Command {}

    /** Why a talk ends. */
    enum Reason {
        HANDOFF,
        BYE,
        DRAIN,
        LIMIT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
