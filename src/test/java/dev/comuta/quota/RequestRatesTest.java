package dev.comuta.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rate.RateBuckets.Rate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestRatesTest {

    private final Time time = new Time();
    private final RequestRates rates = new RequestRates(time);

    @Test
    void allowsRequestsUpToTheLimitAndReportsIt() {
        for (int i = 0; i < 60; i++) {
            rates.take(Limit.REQUESTS_PER_MINUTE, 1, 60);
        }

        Rate rate = rates.take(Limit.REQUESTS_PER_MINUTE, 1, 60);
        assertFalse(rate.allowed());
        assertEquals(new Rate(false, 60, 0, Duration.ofSeconds(60), Duration.ofSeconds(1)), rate);
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

        assertTrue(rates.take(Limit.REQUESTS_PER_MINUTE, 1, 60).allowed());
        assertTrue(rates.take(Limit.REQUESTS_PER_MINUTE, 1, 60).allowed());
        assertFalse(rates.take(Limit.REQUESTS_PER_MINUTE, 1, 60).allowed());
        time.now = time.now.plusSeconds(60);
        assertEquals(0, rates.used(Limit.REQUESTS_PER_MINUTE, 1, 60).used());
    }

    @Test
    void countsClientsAndKeysSeparately() {
        rates.take(Limit.REQUESTS_PER_MINUTE, 1, 1);

        assertFalse(rates.take(Limit.REQUESTS_PER_MINUTE, 1, 1).allowed());
        assertTrue(rates.take(Limit.REQUESTS_PER_MINUTE, 2, 1).allowed());
        assertTrue(rates.take(Limit.REQUESTS_PER_MINUTE_AND_KEY, 1, 1).allowed());
        assertFalse(rates.take(Limit.REQUESTS_PER_MINUTE, 3, 0).allowed());
    }

    @Test
    void countsUpToTheHighestLimit() {
        assertTrue(rates.take(Limit.REQUESTS_PER_MINUTE, 1, Limit.HIGHEST).allowed());
        Limits.require(Map.of("requestsPerMinute", Limit.HIGHEST, "channels", 0L));
    }

    @Test
    void rejectsAHigherLimit() {
        for (Limit limit : Limit.values()) {
            Problem problem =
                    assertThrows(Problem.class, () -> Limits.require(Map.of(limit.apiName(), Limit.HIGHEST + 1)));
            assertEquals(
                    "limits." + limit.apiName(), problem.violations().getFirst().field());
        }
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
