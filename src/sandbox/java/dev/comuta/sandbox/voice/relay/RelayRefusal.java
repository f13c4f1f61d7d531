package dev.comuta.sandbox.voice.relay;

/** Twilio does not accept an attribute or a frame of the server; the session fails. */
public final class RelayRefusal extends RuntimeException {

    private final int code;

    RelayRefusal(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** The end of the session. */
    public RelayEnd end() {
        return RelayEnd.failed(code, getMessage());
    }
}
