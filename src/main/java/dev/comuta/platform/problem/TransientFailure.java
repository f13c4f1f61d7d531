package dev.comuta.platform.problem;

import java.time.Duration;
import java.util.Optional;

/**
 * An external system failed temporarily. The request may be retried, unless it {@linkplain #mayHaveArrived may have
 * arrived} and must not have its effect twice.
 */
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

    /** @param retryAfter the wait that the other side requested; may be null */
    public TransientFailure(String message, Duration retryAfter, Throwable cause) {
        this(message, retryAfter, cause, false);
    }

    private TransientFailure(String message, Duration retryAfter, Throwable cause, boolean mayHaveArrived) {
        super(message, cause);
        this.retryAfter = retryAfter;
        this.mayHaveArrived = mayHaveArrived;
    }

    /** The request was sent and no response came: its effect on the other side is unknown. */
    public static TransientFailure unanswered(Throwable cause) {
        return unanswered(cause, null);
    }

    /** The same, when the other side is to be asked for the effect after a while. */
    public static TransientFailure unanswered(Throwable cause, Duration askAfter) {
        return new TransientFailure("the other side did not answer", askAfter, cause, true);
    }

    /** Whether the request may have had its effect although no response came. */
    public boolean mayHaveArrived() {
        return mayHaveArrived;
    }

    /** The wait that the other side requested, if any. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
