package dev.comuta.sandbox;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A fault of a simulated provider.
 *
 * @param provider name of the provider
 * @param mode slow (answers after delayMs), hang (never answers), fail (answers with the status), rateLimit (answers
 *     429 with Retry-After), reset (closes the connection without an answer), cut and mute (work as usual, but close the
 *     connection or never answer)
 * @param status status of fail; 503 when absent
 * @param delayMs delay of slow in milliseconds; 2000 when absent
 * @param times number of requests that it affects; until cleared when absent
 * @param containing text in the body of the requests that it affects; all requests when absent
 */
public record Fault(String provider, Mode mode, Integer status, Integer delayMs, Integer times, String containing) {

    /** The kinds of fault. */
    public enum Mode {
        SLOW("slow"),
        HANG("hang"),
        FAIL("fail"),
        RATE_LIMIT("rateLimit"),
        RESET("reset"),
        CUT("cut"),
        MUTE("mute");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        /** Its name in JSON. */
        @JsonValue
        public String word() {
            return word;
        }
    }

    /** A fault that lasts until it is cleared. */
    public static Fault of(String provider, Mode mode) {
        return new Fault(provider, mode, null, null, null, null);
    }

    /** A copy that affects this number of requests only. */
    public Fault times(int count) {
        return new Fault(provider, mode, status, delayMs, count, containing);
    }

    /** A copy with another status for {@link Mode#FAIL}. */
    public Fault status(int code) {
        return new Fault(provider, mode, code, delayMs, times, containing);
    }

    /** A copy with another delay for {@link Mode#SLOW}. */
    public Fault delayMs(int milliseconds) {
        return new Fault(provider, mode, status, milliseconds, times, containing);
    }

    /** A copy that affects only requests with this text in their body. */
    public Fault containing(String text) {
        return new Fault(provider, mode, status, delayMs, times, text);
    }

    boolean affects(String body) {
        return containing == null || body.contains(containing);
    }

    int statusOrDefault() {
        return status == null ? 503 : status;
    }

    int delayOrDefault() {
        return delayMs == null ? 2000 : delayMs;
    }
}
