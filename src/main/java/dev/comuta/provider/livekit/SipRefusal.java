package dev.comuta.provider.livekit;

/**
 * The telephone network ended a call before it was answered, or refused a transfer. This is the result of the call, not a
 * failure of the request, although Twirp reports some of these as 401, 408 or 429: a retry would dial again.
 */
final class SipRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final int status;

    SipRefusal(int status) {
        super("SIP " + status);
        this.status = status;
        this.reason = Reason.of(status);
    }

    /** Why, from the SIP status (RFC 3261, 6116, 8197, 8688). */
    enum Reason {
        BUSY,
        DECLINED,
        NO_ANSWER,
        INVALID_NUMBER,
        /** The carrier does not accept the trunk's login. */
        TRUNK_CREDENTIALS,
        /** The carrier or the callee forbids the call. */
        BLOCKED,
        /** The carrier failed, or refused the call for another reason. */
        CARRIER;

        private static Reason of(int status) {
            return switch (status) {
                case 486, 600 -> BUSY;
                case 603 -> DECLINED;
                case 408, 480, 487 -> NO_ANSWER;
                case 404, 410, 416, 484, 485, 604 -> INVALID_NUMBER;
                case 401, 407 -> TRUNK_CREDENTIALS;
                case 402, 403, 433, 607, 608 -> BLOCKED;
                default -> CARRIER;
            };
        }
    }

    Reason reason() {
        return reason;
    }

    /** The SIP status. */
    int status() {
        return status;
    }
}
