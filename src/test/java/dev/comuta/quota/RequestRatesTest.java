package dev.comuta.quota;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RequestRatesTest {

    private final Time time = new Time();
    private final RequestRates rates = new RequestRates(time);

    @Test
    void allowsRequestsUpToTheLimitAndReportsIt() {
        for (int i = 0; i < 60; i++) {
            rates.take(Limit.REQUESTS_PER_MINUTE, 1, 60);
        }

        Problem problem = assertThrows(Problem.class, () -> rates.take(Limit.REQUESTS_PER_MINUTE, 1, 60));
        assertEquals(ProblemType.LIMIT_REACHED, problem.type());
        assertEquals("requestsPerMinute", problem.limit());
        assertEquals(60, rates.used(Limit.REQUESTS_PER_MINUTE, 1, 60).used());
        assertEquals(
                time.now.plusSeconds(60),
                rates.used(Limit.REQUESTS_PER_MINUTE, 1, 60).resetAt());
    }

    @Test
    void refillsEvenly() {
        for (int i = 0; i < 60; i++) {
            rates.take(Limit.REQUESTS_PER_MINUTE, 1, 60);
        }
        time.now = time.now.plusSeconds(2);

        rates.take(Limit.REQUESTS_PER_MINUTE, 1, 60);
        rates.take(Limit.REQUESTS_PER_MINUTE, 1, 60);
        assertThrows(Problem.class, () -> rates.take(Limit.REQUESTS_PER_MINUTE, 1, 60));
        time.now = time.now.plusSeconds(60);
        assertEquals(0, rates.used(Limit.REQUESTS_PER_MINUTE, 1, 60).used());
    }

    @Test
    void countsClientsAndKeysSeparately() {
        rates.take(Limit.REQUESTS_PER_MINUTE, 1, 1);

        assertThrows(Problem.class, () -> rates.take(Limit.REQUESTS_PER_MINUTE, 1, 1));
        assertDoesNotThrow(() -> rates.take(Limit.REQUESTS_PER_MINUTE, 2, 1));
        assertDoesNotThrow(() -> rates.take(Limit.REQUESTS_PER_MINUTE_AND_KEY, 1, 1));
        assertThrows(Problem.class, () -> rates.take(Limit.REQUESTS_PER_MINUTE, 3, 0));
    }

    /** A clock that only the test advances. */
    private static final class Time extends Clock {

        private Instant now = Instant.parse("2026-01-01T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
