package dev.comuta.call.state;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Status of a call, with its stored value (Calls.CallStatus). A call only moves forward, and stays in a final status. */
@Schema(
        name = "CallStatus",
        description =
                "Status of a call: `Initiated` (stored, not yet at the provider), `Queued` (accepted by the provider), `Ringing`, `In Progress` (answered), and the final ones `Completed` (answered and ended), `Busy`, `No Answer`, `Failed` and `Canceled`")
public enum CallStatus {
    /** Stored; the provider has not accepted it yet. */
    INITIATED("Initiated", false),
    /** The provider accepted it and has not dialled yet. */
    QUEUED("Queued", false),
    /** The telephone rings. */
    RINGING("Ringing", false),
    /** Answered. */
    IN_PROGRESS("In Progress", false),
    /** Answered and ended. */
    COMPLETED("Completed", true),
    /** Ended unanswered: the telephone was busy. */
    BUSY("Busy", true),
    /** Ended unanswered: nobody picked up. */
    NO_ANSWER("No Answer", true),
    /** Ended by an error. */
    FAILED("Failed", true),
    /** Ended unanswered: the caller hung up, or the company withdrew the call. */
    CANCELED("Canceled", true);

    private final String stored;
    private final boolean isFinal;

    CallStatus(String stored, boolean isFinal) {
        this.stored = stored;
        this.isFinal = isFinal;
    }

    /** The value in Calls.CallStatus. */
    @JsonValue
    public String stored() {
        return stored;
    }

    /** Whether the call has ended. */
    public boolean isFinal() {
        return isFinal;
    }

    /** Whether the call was answered at some time. */
    public boolean isAnswered() {
        return this == IN_PROGRESS || this == COMPLETED;
    }

    /** Whether a call in this status may move to the other one: forward, and never out of a final status. */
    public boolean canBecome(CallStatus next) {
        return !isFinal && next.compareTo(this) > 0;
    }

    /** The status with this stored value; empty for a value that another system wrote. */
    public static Optional<CallStatus> of(String stored) {
        return Arrays.stream(values())
                .filter(status -> status.stored.equals(stored))
                .findFirst();
    }
}
