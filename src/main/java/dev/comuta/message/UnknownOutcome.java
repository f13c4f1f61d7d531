package dev.comuta.message;

/**
 * A message may or may not have reached its provider, and the provider cannot be asked. It is not sent again: its receipt
 * is waited for, and without one it becomes 'Incerta'.
 */
public final class UnknownOutcome extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownOutcome(String message, Throwable cause) {
        super(message, cause);
    }
}
