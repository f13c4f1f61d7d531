package dev.comuta.sandbox;

/** What happens when the simulated LiveKit dials a number. */
public enum LiveKitCallee {
    /** Rings, and somebody answers. */
    ANSWERS(0, ""),
    /** Rings until {@link LiveKitProvider#answer} or {@link LiveKitProvider#hangUp}. */
    RINGS(0, ""),
    BUSY(486, "USER_REJECTED"),
    DECLINES(603, "USER_REJECTED"),
    IS_OFF(480, "USER_UNAVAILABLE"),
    DOES_NOT_ANSWER(408, "USER_UNAVAILABLE"),
    DOES_NOT_EXIST(404, "USER_UNAVAILABLE"),
    /** The carrier does not accept the trunk's login. */
    REJECTS_TRUNK(407, "USER_REJECTED"),
    FAILS(503, "SIP_TRUNK_FAILURE");

    private final int sipStatus;
    private final String disconnectReason;

    LiveKitCallee(int sipStatus, String disconnectReason) {
        this.sipStatus = sipStatus;
        this.disconnectReason = disconnectReason;
    }

    /** The SIP status; 0 when the call is not refused. */
    int sipStatus() {
        return sipStatus;
    }

    String disconnectReason() {
        return disconnectReason;
    }
}
