package dev.comuta.sandbox.voice;

import java.net.URI;
import java.util.List;

/**
 * The steps that a call follows.
 *
 * @param base address to which relative addresses belong; empty for an inline document
 */
record Document(String base, List<Verb> verbs) {

    /** The server did not return a document that the carrier can follow. */
    static final class Failed extends RuntimeException {
        private final int code;

        /** @param code Twilio's code, for example 11200 or 12100 */
        Failed(int code, String message) {
            super(message, null, false, false);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** The absolute address; the document itself for an empty one. */
    String address(String relative) {
        if (relative.isEmpty() || base.isEmpty()) {
            return relative.isEmpty() ? base : relative;
        }
        return URI.create(base).resolve(relative).toString();
    }
}
