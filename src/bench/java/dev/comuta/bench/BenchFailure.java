package dev.comuta.bench;

/** Why there is no figure: the message is for the person at the terminal. */
final class BenchFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BenchFailure(String message) {
        super(message);
    }
}
