package dev.comuta.message;

/**
 * A message may or may not have reached its provider, and the provider cannot be asked. The message is not sent a
 * second time.
 * It becomes 'Incerta' when no status report arrives in time.
 */
public final class UnknownOutcome extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownOutcome(String message, Throwable cause) {
        super(message, cause);
    }
}
