package dev.comuta.quota;

import dev.comuta.platform.rate.RateBuckets;
import dev.comuta.platform.rate.RateBuckets.Rate;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Requests per minute of each client and each key. Each process has its own buckets, so with n processes a client has up
 * to n times as many requests.
 */
@ApplicationScoped
class RequestRates {

    private final RateBuckets<RateKey> buckets;
    private final Clock clock;

    RequestRates(Clock clock) {
        this.buckets = new RateBuckets<>(clock);
        this.clock = clock;
    }

    private record RateKey(Limit limit, long owner) {}

    /** The usage of a limit, and the time at which its bucket is full, or null for that time when it is full now. */
    record Used(long used, Instant resetAt) {}

    /** Counts one request when the bucket is not empty. */
    Rate take(Limit limit, long owner, long maximum) {
        return buckets.take(new RateKey(limit, owner), maximum);
    }

    Used used(Limit limit, long owner, long maximum) {
        if (maximum <= 0) {
            return new Used(0, null);
        }
        Rate rate = buckets.peek(new RateKey(limit, owner), maximum);
        Duration fullAfter = rate.fullAfter();
        return new Used(
                maximum - rate.remaining(),
                fullAfter.isZero() ? null : clock.instant().plus(fullAfter));
    }
}
