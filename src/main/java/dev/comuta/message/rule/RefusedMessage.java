package dev.comuta.message.rule;

import dev.comuta.message.content.DeliveryReport;
import java.time.Duration;

/**
 * A provider refused a message with an error code. The message was not sent. The remedy of its report decides what
 * follows: the channel is broken, the attempt is repeated, or the message fails.
 */
public final class RefusedMessage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient DeliveryReport report;
    private final boolean passing;
    private final transient Duration retryAfter;

    private RefusedMessage(String message, DeliveryReport report, boolean passing, Duration retryAfter) {
        super(message);
        this.report = report;
        this.passing = passing;
        this.retryAfter = retryAfter;
    }

    /**
     * A refusal that a retry cannot change.
     *
     * @param message names the provider and its code; no text of a person, no secret
     * @param report the error as the provider describes it
     */
    public static RefusedMessage forGood(String message, DeliveryReport report) {
        return new RefusedMessage(message, report, false, null);
    }

    /**
     * A refusal after which a later attempt may succeed.
     *
     * @param retryAfter the wait that the provider requested; may be null
     */
    public static RefusedMessage forNow(String message, DeliveryReport report, Duration retryAfter) {
        return new RefusedMessage(message, report, true, retryAfter);
    }

    /** The error as the provider describes it. */
    public DeliveryReport report() {
        return report;
    }

    /** Whether a later attempt may succeed. */
    public boolean passing() {
        return passing;
    }

    /** The wait that the provider requested; null for none. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
