package dev.comuta.channel;

import com.fasterxml.jackson.annotation.JsonIgnore;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A time of a week in which people answer.
 *
 * @param until exclusive; later than {@code from}
 */
@Schema(description = "A time of a week in which people answer. A time over midnight has two entries.")
record OpenHours(
        @NotNull @Schema(description = "Day of the week") Weekday day,

        @NotNull
        @Pattern(regexp = "([01]\\d|2[0-3]):[0-5]\\d", message = "must be hours and minutes such as 08:00")
        @Schema(description = "Start, as hours and minutes", examples = "08:00")
        String from,

        @NotNull
        @Pattern(regexp = "([01]\\d|2[0-3]):[0-5]\\d|24:00", message = "must be hours and minutes such as 18:00")
        @Schema(description = "End, as hours and minutes, at most `24:00`; later than `from`", examples = "18:00")
        String until) {

    private static final String MIDNIGHT = "24:00";

    /** The texts sort as their times do. */
    @JsonIgnore
    boolean isValid() {
        return from.compareTo(until) < 0;
    }

    @JsonIgnore
    boolean overlaps(OpenHours other) {
        return day == other.day && from.compareTo(other.until) < 0 && other.from.compareTo(until) < 0;
    }

    ZonedDateTime start(LocalDate date, ZoneId zone) {
        return date.atTime(LocalTime.parse(from)).atZone(zone);
    }

    ZonedDateTime end(LocalDate date, ZoneId zone) {
        return MIDNIGHT.equals(until)
                ? date.plusDays(1).atStartOfDay(zone)
                : date.atTime(LocalTime.parse(until)).atZone(zone);
    }
}
