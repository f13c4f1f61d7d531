package dev.comuta.platform.http;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The wait that a response requests: {@code Retry-After} (RFC 9110, section 10.2.3) in seconds, also with a fraction, or
 * as an HTTP date in one of its three forms; and {@code Retry-After-Ms}, which APIs of models send. A date counts from
 * the {@code Date} of the same response, so that clocks need not agree.
 */
public final class RetryAfter {

    /** A longer wait is no wait that a task should keep. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,12}(?:\\.\\d{1,9})?");
    private static final int BASE_YEAR = 1970;

    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, BASE_YEAR)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.ENGLISH),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH));

    private RetryAfter() {}

    /**
     * The wait, from zero to a day; null when the response requests none, or in no known form.
     *
     * @param headers the value of a header of the response by its name; null when it has none
     * @param now the time for a response without a date
     */
    public static Duration of(UnaryOperator<String> headers, Instant now) {
        return number(headers.apply("Retry-After-Ms"))
                .map(millis -> millis.movePointLeft(3))
                .or(() -> number(headers.apply("Retry-After")))
                .map(seconds -> Duration.ofMillis(seconds.movePointRight(3).longValue()))
                .or(() -> date(headers.apply("Retry-After"))
                        .map(until ->
                                Duration.between(date(headers.apply("Date")).orElse(now), until)))
                .map(RetryAfter::limited)
                .orElse(null);
    }

    private static Optional<BigDecimal> number(String value) {
        return Optional.ofNullable(value)
                .map(String::strip)
                .filter(text -> NUMBER.matcher(text).matches())
                .map(BigDecimal::new);
    }

    private static Optional<Instant> date(String value) {
        return value == null
                ? Optional.empty()
                : DATES.stream()
                        .flatMap(form -> date(value.strip(), form).stream())
                        .findFirst();
    }

    private static Optional<Instant> date(String value, DateTimeFormatter form) {
        try {
            return Optional.of(LocalDateTime.parse(value, form).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException otherForm) {
            return Optional.empty();
        }
    }

    private static Duration limited(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
