package dev.comuta.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.comuta.platform.problem.Problem;
import io.vertx.core.json.JsonObject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The hours in which people answer on a channel. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "BusinessHours",
        description =
                "The hours in which people answer. Outside of them, an end user who waits for people gets `outOfHoursText`, once per session and closed period: when the assistant hands the session over, or when a message arrives in a session that no assistant answers, unless a person acted in it since the close.")
public record BusinessHours(
        @NotNull
        @Size(max = 50)
        @Schema(description = "Name of the time zone in the IANA database", examples = "America/Sao_Paulo")
        String timeZone,

        @NotNull
        @Size(min = 1, max = 50)
        @Schema(description = "The hours of a week; at least one entry. Entries of one day do not overlap.")
        List<@NotNull @Valid OpenHours> weekly,

        @Size(max = 200)
        @Schema(
                description = "Dates on which the channel is closed all day; at most 200. Null for none.",
                examples = "[\"2027-01-01\"]")
        List<@NotNull @Pattern(regexp = "\\d{4}-\\d{2}-\\d{2}", message = "must be a date such as 2027-01-01") String>
                holidays,

        @NotBlank
        @Size(max = 1000)
        @Schema(
                description = "Text for the end user; at most 1000 characters",
                examples = "Nosso horário é de segunda a sexta, das 8h às 18h. Responderemos assim que voltarmos.")
        String outOfHoursText,

        @Schema(
                implementation = OutOfHoursAnswer.class,
                description = "Behavior of the assistant outside of the hours; null for `Responde`")
        OutOfHoursAnswer assistant) {

    /** A channel that is closed for longer is closed for ever. */
    private static final int MAX_DAYS_CLOSED = 400;

    /** The stored hours of a channel; null for null. */
    public static BusinessHours of(JsonObject stored) {
        return stored == null ? null : stored.mapTo(BusinessHours.class);
    }

    /**
     * When the closed period began in which this moment is.
     *
     * @return null while the channel is open; the epoch when it has been closed for more than a year
     */
    public Instant closedSince(Instant now) {
        ZonedDateTime local = now.atZone(ZoneId.of(timeZone));
        LocalDate today = local.toLocalDate();
        return hoursOf(today).anyMatch(hours -> isIn(hours, local))
                ? null
                : Stream.iterate(today, day -> day.minusDays(1))
                        .limit(MAX_DAYS_CLOSED)
                        .map(day -> lastEnd(day, local))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(Instant.EPOCH);
    }

    /**
     * The moment at which people have had this time, counted while the channel is open.
     *
     * @return so much later as if it were always open, when it is closed for more than a year
     */
    public Instant after(Instant start, Duration openTime) {
        ZonedDateTime local = start.atZone(ZoneId.of(timeZone));
        Duration left = openTime;
        for (int day = 0; day < MAX_DAYS_CLOSED; day++) {
            for (ZonedDateTime[] open : openTimes(local.toLocalDate().plusDays(day), local)) {
                Duration length = Duration.between(open[0], open[1]);
                if (left.compareTo(length) <= 0) {
                    return open[0].plus(left).toInstant();
                }
                left = left.minus(length);
            }
        }
        return start.plus(openTime);
    }

    /** Begin and end of the times of a day that are not over at a moment, in their order. */
    private List<ZonedDateTime[]> openTimes(LocalDate date, ZonedDateTime moment) {
        return hoursOf(date)
                .map(hours -> new ZonedDateTime[] {
                    later(hours.start(date, moment.getZone()), moment), hours.end(date, moment.getZone())
                })
                .filter(open -> open[0].isBefore(open[1]))
                .sorted(Comparator.comparing(open -> open[0]))
                .toList();
    }

    private static ZonedDateTime later(ZonedDateTime one, ZonedDateTime other) {
        return one.isAfter(other) ? one : other;
    }

    /** Whether the assistant is silent at this moment. */
    public boolean silencesAssistant(Instant now) {
        return assistant == OutOfHoursAnswer.NOTICE_ONLY && closedSince(now) != null;
    }

    private Stream<OpenHours> hoursOf(LocalDate date) {
        boolean closed = holidays != null && holidays.contains(date.toString());
        return weekly.stream().filter(hours -> !closed && hours.day().is(date.getDayOfWeek()));
    }

    private static boolean isIn(OpenHours hours, ZonedDateTime local) {
        LocalDate date = local.toLocalDate();
        return !local.isBefore(hours.start(date, local.getZone())) && local.isBefore(hours.end(date, local.getZone()));
    }

    private Instant lastEnd(LocalDate date, ZonedDateTime local) {
        return hoursOf(date)
                .map(hours -> hours.end(date, local.getZone()))
                .filter(end -> !end.isAfter(local))
                .max(Comparator.naturalOrder())
                .map(ZonedDateTime::toInstant)
                .orElse(null);
    }

    /** Fails with a problem when a value does not exist, such as an unknown time zone. */
    void requireValid() {
        if (!ZoneId.getAvailableZoneIds().contains(timeZone)) {
            throw Problem.invalid("settings.businessHours.timeZone", "is not a time zone of the IANA database");
        }
        for (int i = 0; i < weekly.size(); i++) {
            requireValid(i);
        }
        if (holidays != null && !holidays.stream().allMatch(BusinessHours::isDate)) {
            throw Problem.invalid("settings.businessHours.holidays", "has a date that does not exist");
        }
    }

    private void requireValid(int position) {
        OpenHours hours = weekly.get(position);
        String field = "settings.businessHours.weekly[" + position + "]";
        if (!hours.isValid()) {
            throw Problem.invalid(field, "ends before it begins");
        }
        if (weekly.subList(0, position).stream().anyMatch(hours::overlaps)) {
            throw Problem.invalid(field, "overlaps an earlier entry of the same day");
        }
    }

    private static boolean isDate(String text) {
        try {
            return text.equals(LocalDate.parse(text).toString());
        } catch (DateTimeException noDate) {
            return false;
        }
    }
}
