package dev.comuta.sandbox;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How a simulated provider misbehaves.
 *
 * @param provider name of the provider
 * @param mode slow (answers after delayMs), hang (never answers), fail (answers the status), rateLimit
 *     (answers 429 with Retry-After), reset (closes the connection without an answer)
 * @param status status of fail, 503 when absent
 * @param delayMs delay of slow in milliseconds, 2000 when absent
 * @param times how many requests it meets; until cleared when absent
 */
public record Fault(String provider, Mode mode, Integer status, Integer delayMs, Integer times) {

    /** The kinds of misbehaviour. */
    public enum Mode {
        SLOW("slow"),
        HANG("hang"),
        FAIL("fail"),
        RATE_LIMIT("rateLimit"),
        RESET("reset");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        /** As it is spelled in JSON. */
        @JsonValue
        public String word() {
            return word;
        }
    }

    /** A fault that lasts until it is cleared. */
    public static Fault of(String provider, Mode mode) {
        return new Fault(provider, mode, null, null, null);
    }

    /** The same for a number of requests only. */
    public Fault times(int count) {
        return new Fault(provider, mode, status, delayMs, count);
    }

    /** The same with another status for {@link Mode#FAIL}. */
    public Fault status(int code) {
        return new Fault(provider, mode, code, delayMs, times);
    }

    /** The same with another delay for {@link Mode#SLOW}. */
    public Fault delayMs(int milliseconds) {
        return new Fault(provider, mode, status, milliseconds, times);
    }

    int statusOrDefault() {
        return status == null ? 503 : status;
    }

    int delayOrDefault() {
        return delayMs == null ? 2000 : delayMs;
    }
}
