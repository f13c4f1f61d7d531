package dev.comuta.call;

import dev.comuta.call.state.CallNews;

/** A provider refused to make a call: a definite answer, for example that the telephone is busy. */
public final class RefusedCall extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient CallNews news;

    /**
     * A refusal.
     *
     * @param message for LastError, without numbers and secrets
     * @param news the end of the call: a final status with its reason
     */
    public RefusedCall(String message, CallNews news) {
        super(message);
        this.news = news;
    }

    /** The end of the call. */
    public CallNews news() {
        return news;
    }
}
