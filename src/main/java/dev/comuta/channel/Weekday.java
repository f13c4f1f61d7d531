package dev.comuta.channel;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DayOfWeek;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The days of a week. */
@Schema(name = "Weekday", description = "Day of the week, from `Segunda` (Monday) to `Domingo` (Sunday)")
public enum Weekday {
    MONDAY("Segunda"),
    TUESDAY("Terça"),
    WEDNESDAY("Quarta"),
    THURSDAY("Quinta"),
    FRIDAY("Sexta"),
    SATURDAY("Sábado"),
    SUNDAY("Domingo");

    private final String stored;

    Weekday(String stored) {
        this.stored = stored;
    }

    /** The value in a channel's settings. */
    @JsonValue
    public String stored() {
        return stored;
    }

    boolean is(DayOfWeek day) {
        return name().equals(day.name());
    }
}
