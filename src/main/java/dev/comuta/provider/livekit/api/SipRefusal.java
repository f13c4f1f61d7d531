package dev.comuta.provider.livekit.api;

import dev.comuta.call.state.EndReason;
import dev.comuta.call.state.SipStatus;

/**
 * The telephone network ended a call before it was answered, or refused a transfer. This is the result of the call, not a
 * failure of the request, although Twirp reports some of these as 401, 408 or 429: a retry would dial again.
 */
public final class SipRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    public SipRefusal(int status) {
        super("SIP " + status);
        this.status = status;
    }

    /** Why the call ended. */
    public EndReason reason() {
        EndReason reason = SipStatus.reason(status);
        return reason == null ? EndReason.ERROR : reason;
    }

    /** The SIP status. */
    public int status() {
        return status;
    }
}
