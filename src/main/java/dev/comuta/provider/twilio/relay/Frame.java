package dev.comuta.provider.twilio.relay;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** What Twilio sends, in the fields that are used. None of them appears in a log: a frame may hold secrets of the caller. */
sealed interface Frame {

    /** The first frame, once. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Setup(String sessionId, String accountSid, String callSid) implements Frame {}

    /**
     * What the caller said.
     *
     * @param last null or true when the sentence is complete
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Prompt(String voicePrompt, Boolean last) implements Frame {

        boolean isLast() {
            return last == null || last;
        }

        String text() {
            return voicePrompt == null ? "" : voicePrompt;
        }

        @Override
        public String toString() {
            return "Prompt";
        }
    }

    /** A key was pressed. The digit is not read. */
    record Dtmf() implements Frame {}

    /**
     * The caller spoke while we spoke.
     *
     * @param utteranceUntilInterrupt what was spoken until then; may be null
     * @param durationUntilInterruptMs a number, or a number as text; may be null
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Interrupt(String utteranceUntilInterrupt, Long durationUntilInterruptMs) implements Frame {

        String heard() {
            return utteranceUntilInterrupt == null ? "" : utteranceUntilInterrupt;
        }

        @Override
        public String toString() {
            return "Interrupt";
        }
    }

    /** Twilio refused something that we sent. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Refusal(String description) implements Frame {}

    /** News of no consequence. */
    record News() implements Frame {}

    /** A frame of a type that is not known. */
    record Unknown() implements Frame {}
}
