package dev.comuta.platform.problem;

import java.time.Duration;
import java.util.Optional;

/** The outside world failed in a way that may pass: the same question may be asked again. */
public final class TransientFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;
    private final boolean mayHaveArrived;

    public TransientFailure(String message) {
        this(message, null, null);
    }

    public TransientFailure(String message, Throwable cause) {
        this(message, null, cause);
    }

    /** @param retryAfter how long the other side asked us to wait; may be null */
    public TransientFailure(String message, Duration retryAfter, Throwable cause) {
        this(message, retryAfter, cause, false);
    }

    private TransientFailure(String message, Duration retryAfter, Throwable cause, boolean mayHaveArrived) {
        super(message, cause);
        this.retryAfter = retryAfter;
        this.mayHaveArrived = mayHaveArrived;
    }

    /** The question left us and no answer came: what it did on the other side is not known. */
    public static TransientFailure unanswered(Throwable cause) {
        return new TransientFailure("the other side did not answer", null, cause, true);
    }

    /** Whether the question may have had its effect on the other side, which did not say. */
    public boolean mayHaveArrived() {
        return mayHaveArrived;
    }

    /** How long the other side asked us to wait, when it did. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
