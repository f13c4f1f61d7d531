package dev.comuta.platform.boot;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** The only source of the current time, so that a test can replace it. */
@Singleton
class ClockProducer {

    @Produces
    @Singleton
    Clock clock() {
        // PostgreSQL stores microseconds: a returned time equals the stored one
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }
}
