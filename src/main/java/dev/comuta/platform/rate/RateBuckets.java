package dev.comuta.platform.rate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Requests per minute: one bucket for each owner, refilled evenly. Each process has its own buckets, because a shared
 * counter would cost a write per request.
 *
 * @param <K> identifies the owner of a bucket
 */
public final class RateBuckets<K> {

    static final Duration MINUTE = Duration.ofMinutes(1);

    /** Unused buckets are removed after this time. They are full by then, so removing them changes nothing. */
    private static final Duration IDLE_TIME = Duration.ofMinutes(2);

    private static final long MAX_BUCKETS = 200_000;

    private final Cache<Owner<K>, Bucket> buckets = Caffeine.newBuilder()
            .expireAfterAccess(IDLE_TIME)
            .maximumSize(MAX_BUCKETS)
            .build();
    private final TimeMeter meter;

    public RateBuckets(Clock clock) {
        this.meter = new ClockMeter(clock);
    }

    /** Identifies a bucket. A changed maximum starts a new, full bucket. */
    private record Owner<K>(K key, long maximum) {}

    /**
     * The state of a bucket.
     *
     * @param allowed whether the request was counted; false when the bucket is empty
     * @param maximum the most requests in a minute
     * @param remaining requests that are allowed now
     * @param fullAfter the time after which the bucket is full
     * @param retryAfter the time after which a request is allowed; zero when one is allowed now
     */
    public record Rate(boolean allowed, long maximum, long remaining, Duration fullAfter, Duration retryAfter) {

        private static final Rate NEVER = new Rate(false, 0, 0, MINUTE, MINUTE);
    }

    /** Counts one request when the bucket is not empty. */
    public Rate take(K owner, long maximum) {
        if (maximum <= 0) {
            return Rate.NEVER;
        }
        ConsumptionProbe probe = bucket(owner, maximum).tryConsumeAndReturnRemaining(1);
        return new Rate(
                probe.isConsumed(),
                maximum,
                probe.getRemainingTokens(),
                Duration.ofNanos(probe.getNanosToWaitForReset()),
                Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** The state of the bucket without a request. */
    public Rate peek(K owner, long maximum) {
        if (maximum <= 0) {
            return Rate.NEVER;
        }
        Bucket bucket = bucket(owner, maximum);
        long remaining = Math.max(0, bucket.getAvailableTokens());
        Duration full =
                Duration.ofNanos(bucket.estimateAbilityToConsume(maximum).getNanosToWaitForRefill());
        return new Rate(remaining > 0, maximum, remaining, full, Duration.ZERO);
    }

    private Bucket bucket(K owner, long maximum) {
        return buckets.get(new Owner<>(owner, maximum), key -> Bucket.builder()
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
