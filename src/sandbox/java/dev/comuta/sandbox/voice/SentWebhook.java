package dev.comuta.sandbox.voice;

import java.time.Instant;

/**
 * A request that a carrier sent to the server, or a callback that was lost on its way.
 *
 * @param isDocument whether it asked for a document; else it was a callback
 * @param body the form or JSON
 * @param status of the last answer; 0 when the server was unreachable, -1 when it did not answer in time
 * @param answer body of the last answer
 * @param dropped whether a {@link CallbackFaults} lost it
 */
public record SentWebhook(
        Instant at,
        String callSid,
        boolean isDocument,
        String url,
        String body,
        int status,
        String answer,
        boolean dropped) {

    /** Whether the server accepted it. */
    public boolean accepted() {
        return status >= 200 && status < 300;
    }
}
