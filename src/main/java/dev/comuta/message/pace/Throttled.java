package dev.comuta.message.pace;

import java.time.Duration;
import java.util.Optional;

/**
 * A provider refused a message because too many were sent. The message was not sent. The attempt does not count, and
 * later messages are sent more slowly.
 */
public final class Throttled extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Scope scope;
    private final transient Duration retryAfter;

    /** What the provider limits. */
    public enum Scope {
        /** The messages of a number. */
        NUMBER,
        /** The messages of a number to one person. */
        PAIR
    }

    /** @param retryAfter the wait that the provider requested; may be null */
    public Throttled(Scope scope, String message, Duration retryAfter) {
        super(message);
        this.scope = scope;
        this.retryAfter = retryAfter;
    }

    /** What the provider limits. */
    public Scope scope() {
        return scope;
    }

    /** The wait that the provider requested, if any. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
