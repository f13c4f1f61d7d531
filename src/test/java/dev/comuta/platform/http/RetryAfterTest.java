package dev.comuta.platform.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("1994-11-06T08:49:30Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | 7000",
                " 7  | 7000",
                "0 | 0",
                "1.5 | 1500",
                "0.001 | 1",
                "3600 | 3600000",
                "999999999 | 86400000",
                "Sun, 06 Nov 1994 08:49:37 GMT | 7000",
                "Sunday, 06-Nov-94 08:49:37 GMT | 7000",
                "Sun Nov  6 08:49:37 1994 | 7000",
                "Sun, 06 Nov 1994 08:00:00 GMT | 0",
                "Mon, 07 Nov 2033 08:49:37 GMT | 86400000"
            })
    void readsEveryForm(String value, long millis) {
        assertEquals(Duration.ofMillis(millis), of(Map.of("Retry-After", value)));
    }

    @Test
    void countsADateFromTheDateOfTheResponse() {
        assertEquals(
                Duration.ofSeconds(10),
                of(Map.of("Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT", "Date", "Fri, 31 Dec 1999 23:59:49 GMT")));
    }

    @Test
    void prefersMilliseconds() {
        assertEquals(Duration.ofMillis(250), of(Map.of("Retry-After", "1", "Retry-After-Ms", "250")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1e3", "1,5", "0x10", "NaN", "Sun, 06 Nov 1994", "99999999999999999999"})
    void ignoresWhatIsNoWait(String value) {
        assertNull(of(Map.of("Retry-After", value)));
        assertNull(of(Map.of()));
    }

    private static Duration of(Map<String, String> headers) {
        return RetryAfter.of(new HashMap<>(headers)::get, NOW);
    }
}
