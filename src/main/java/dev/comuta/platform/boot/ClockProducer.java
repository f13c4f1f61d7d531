package dev.comuta.platform.boot;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Time comes from here, so that a test can move it. */
@Singleton
class ClockProducer {

    @Produces
    @Singleton
    Clock clock() {
        // PostgreSQL keeps microseconds: what is answered at once is then what is read back
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }
}
