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
 * Requests per minute: one bucket for each client and each key, refilled evenly. Each process has its own buckets, so
 * with n processes a client has up to n times as many requests. A shared counter would cost a write per request.
 */
@ApplicationScoped
class RequestRates {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Unused buckets are removed after this time. They are full by then, so removing them changes nothing. */
    private static final Duration IDLE_TIME = Duration.ofMinutes(2);

    private static final long MAX_BUCKETS = 200_000;

    private final Cache<RateKey, Bucket> buckets = Caffeine.newBuilder()
            .expireAfterAccess(IDLE_TIME)
            .maximumSize(MAX_BUCKETS)
            .build();
    private final Clock clock;
    private final TimeMeter meter;

    RequestRates(Clock clock) {
        this.clock = clock;
        this.meter = new ClockMeter(clock);
    }

    /** Identifies a bucket. A changed maximum starts a new, full bucket. */
    private record RateKey(Limit limit, long owner, long maximum) {}

    /** The usage of a limit, and the time at which its bucket is full, or null for that time when it is full now. */
    record Used(long used, Instant resetAt) {}

    /** Counts one request. Fails with a problem that names the limit when the bucket is empty. */
    void take(Limit limit, long owner, long maximum) {
        if (maximum <= 0) {
            throw Problem.limited(limit.apiName(), MINUTE);
        }
        ConsumptionProbe probe = bucket(limit, owner, maximum).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw Problem.limited(limit.apiName(), Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    Used used(Limit limit, long owner, long maximum) {
        if (maximum <= 0) {
            return new Used(0, null);
        }
        Bucket bucket = bucket(limit, owner, maximum);
        long used = maximum - Math.max(0, bucket.getAvailableTokens());
        long nanos = bucket.estimateAbilityToConsume(maximum).getNanosToWaitForRefill();
        return new Used(used, nanos == 0 ? null : clock.instant().plusNanos(nanos));
    }

    private Bucket bucket(Limit limit, long owner, long maximum) {
        return buckets.get(new RateKey(limit, owner, maximum), key -> Bucket.builder()
                .addLimit(bandwidth -> bandwidth.capacity(maximum).refillGreedy(maximum, MINUTE))
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
