package dev.comuta.call.state;

/** What SIP responses say about the end of a call (RFC 3261, section 21). */
public final class SipStatus {

    private SipStatus() {}

    /** {@return why a call ended with this response, or null for a response that is no failure} */
    public static EndReason reason(int status) {
        return switch (status) {
            case 486, 600 -> EndReason.BUSY;
            case 603, 607, 608 -> EndReason.DECLINED;
            case 408, 480 -> EndReason.NO_ANSWER;
            case 404, 410, 416, 484, 485, 604 -> EndReason.INVALID_NUMBER;
            case 403 -> EndReason.BLOCKED;
            case 401, 407 -> EndReason.TRUNK_CREDENTIALS;
            case 429, 503 -> EndReason.RATE_LIMITED;
            case 487 -> EndReason.CALLER_HUNG_UP;
            default -> status >= 400 ? EndReason.ERROR : null;
        };
    }
}
