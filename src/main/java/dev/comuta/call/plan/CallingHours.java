package dev.comuta.call.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.comuta.platform.problem.Problem;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The hours of a day in which the company may call, in the time zone of the called person.
 *
 * @param until exclusive; later than {@code from}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "CallingHours",
        description = "The hours of every day in which the company may call, in the time zone of the called person.")
public record CallingHours(
        @NotNull
        @Pattern(regexp = "([01]\\d|2[0-3]):[0-5]\\d", message = "must be hours and minutes such as 08:00")
        @Schema(description = "Start, as hours and minutes", examples = "08:00")
        String from,

        @NotNull
        @Pattern(regexp = "([01]\\d|2[0-3]):[0-5]\\d|24:00", message = "must be hours and minutes such as 21:00")
        @Schema(description = "End, as hours and minutes, at most `24:00`; later than `from`", examples = "21:00")
        String until) {

    private static final String MIDNIGHT = "24:00";

    /** Fails as invalid when the end is not later than the start; the texts sort as their times do. */
    public void requireValid(String field) {
        if (from.compareTo(until) >= 0) {
            throw Problem.invalid(field, "ends before it begins");
        }
    }

    /** The first moment from this one on at which the company may call: this one when it may call now. */
    public ZonedDateTime next(Instant moment, ZoneId zone) {
        ZonedDateTime local = moment.atZone(zone);
        LocalDate today = local.toLocalDate();
        if (local.isBefore(start(today, zone))) {
            return start(today, zone);
        }
        return local.isBefore(end(today, zone)) ? local : start(today.plusDays(1), zone);
    }

    private ZonedDateTime start(LocalDate date, ZoneId zone) {
        return date.atTime(LocalTime.parse(from)).atZone(zone);
    }

    private ZonedDateTime end(LocalDate date, ZoneId zone) {
        return MIDNIGHT.equals(until)
                ? date.plusDays(1).atStartOfDay(zone)
                : date.atTime(LocalTime.parse(until)).atZone(zone);
    }
}
