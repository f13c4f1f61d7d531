package dev.comuta.platform.problem;

/**
 * A request may or may not have had its effect on another system, which cannot be asked and would not recognize a
 * repetition. So the request must not be repeated.
 */
public final class UnknownOutcome extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownOutcome(String message, Throwable cause) {
        super(message, cause);
    }
}
