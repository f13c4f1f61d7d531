package dev.comuta.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.comuta.platform.problem.Problem;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Requests a minute: a bucket for each client and for each key, refilled evenly. The buckets are this process's own, so
 * with n processes a client has up to n times as much; a shared count would cost a write at every request.
 */
@ApplicationScoped
class RequestRates {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** A bucket that nobody asked for two minutes is full. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(2);

    private static final long MOST_BUCKETS = 200_000;

    private final Cache<RateKey, Bucket> buckets = Caffeine.newBuilder()
            .expireAfterAccess(FORGOTTEN)
            .maximumSize(MOST_BUCKETS)
            .build();
    private final Clock clock;
    private final TimeMeter meter;

    RequestRates(Clock clock) {
        this.clock = clock;
        this.meter = new ClockMeter(clock);
    }

    /** Whose bucket; with another limit it is another one. */
    private record RateKey(Limit limit, long owner, long most) {}

    /** What is taken of a limit, and when it is all there again; null when it is now. */
    record Used(long used, Instant resetAt) {}

    /** Takes one request; fails with a problem that names the limit when there is none left. */
    void take(Limit limit, long owner, long most) {
        if (most <= 0) {
            throw Problem.limited(limit.word(), MINUTE);
        }
        ConsumptionProbe probe = bucket(limit, owner, most).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw Problem.limited(limit.word(), Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    Used used(Limit limit, long owner, long most) {
        if (most <= 0) {
            return new Used(0, null);
        }
        Bucket bucket = bucket(limit, owner, most);
        long used = most - Math.max(0, bucket.getAvailableTokens());
        long nanos = bucket.estimateAbilityToConsume(most).getNanosToWaitForRefill();
        return new Used(used, nanos == 0 ? null : clock.instant().plusNanos(nanos));
    }

    private Bucket bucket(Limit limit, long owner, long most) {
        return buckets.get(new RateKey(limit, owner, most), key -> Bucket.builder()
                .addLimit(bandwidth -> bandwidth.capacity(most).refillGreedy(most, MINUTE))
                .withCustomTimePrecision(meter)
                .build());
    }

    /** The injected clock, in nanoseconds. */
    private record ClockMeter(Clock clock) implements TimeMeter {

        private static final long NANOS = 1_000_000_000L;

        @Override
        public long currentTimeNanos() {
            Instant now = clock.instant();
            return now.getEpochSecond() * NANOS + now.getNano();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
