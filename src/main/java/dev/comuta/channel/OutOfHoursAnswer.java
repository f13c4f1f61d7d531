package dev.comuta.channel;

import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The behavior of the assistant of a channel outside of its business hours. */
@Schema(
        name = "OutOfHoursAnswer",
        description =
                "Behavior of the assistant outside of business hours: `Responde` (it answers as always) or `Avisa` (the end user gets `outOfHoursText` only, and the session is handed to people)")
public enum OutOfHoursAnswer {
    ANSWERS("Responde"),
    NOTICE_ONLY("Avisa");

    private final String stored;

    OutOfHoursAnswer(String stored) {
        this.stored = stored;
    }

    /** The value in a channel's settings. */
    @JsonValue
    public String stored() {
        return stored;
    }
}
