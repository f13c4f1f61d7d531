package dev.comuta.call;

import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who calls, with its stored value (Calls.CallDirection). */
@Schema(
        name = "CallDirection",
        description = "`Inbound`: the end user calls the company; `Outbound`: the company calls")
public enum CallDirection {
    /** The end user calls the company. */
    INBOUND("Inbound"),
    /** The company calls. */
    OUTBOUND("Outbound");

    private final String stored;

    CallDirection(String stored) {
        this.stored = stored;
    }

    /** The value in Calls.CallDirection. */
    @JsonValue
    public String stored() {
        return stored;
    }

    /** The direction with a stored value; every other text means a call of the end user. */
    public static CallDirection of(String stored) {
        return OUTBOUND.stored.equals(stored) ? OUTBOUND : INBOUND;
    }
}
