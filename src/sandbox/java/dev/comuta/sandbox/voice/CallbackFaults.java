package dev.comuta.sandbox.voice;

import java.time.Duration;
import java.util.Random;

/**
 * What happens to status callbacks on their way, decided by a seeded random: some are lost, some arrive twice, and all
 * arrive in another order. Requests for documents are not affected.
 */
public final class CallbackFaults {

    private final Random random;
    private final double dropped;
    private final double duplicated;
    private final Duration shuffled;

    private CallbackFaults(Random random, double dropped, double duplicated, Duration shuffled) {
        this.random = random;
        this.dropped = dropped;
        this.duplicated = duplicated;
        this.shuffled = shuffled;
    }

    /** Every callback arrives once, in order. */
    public static CallbackFaults none() {
        return seeded(0);
    }

    /** No faults yet; the same seed decides the same. */
    public static CallbackFaults seeded(long seed) {
        return new CallbackFaults(new Random(seed), 0, 0, Duration.ZERO);
    }

    /** Loses this share of the callbacks, between 0 and 1. */
    public CallbackFaults dropping(double share) {
        return new CallbackFaults(random, share, duplicated, shuffled);
    }

    /** Sends this share of the callbacks twice, between 0 and 1. */
    public CallbackFaults duplicating(double share) {
        return new CallbackFaults(random, dropped, share, shuffled);
    }

    /** Delays each callback by a random part of this real time. */
    public CallbackFaults shuffling(Duration window) {
        return new CallbackFaults(random, dropped, duplicated, window);
    }

    /** How often the next callback arrives. */
    synchronized int copies() {
        if (random.nextDouble() < dropped) {
            return 0;
        }
        return random.nextDouble() < duplicated ? 2 : 1;
    }

    /** How long it is on its way. */
    synchronized Duration delay() {
        return shuffled.isZero() ? Duration.ZERO : Duration.ofNanos(random.nextLong(shuffled.toNanos()));
    }
}
