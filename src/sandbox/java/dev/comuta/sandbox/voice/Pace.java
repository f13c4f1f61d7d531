package dev.comuta.sandbox.voice;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a second of a call lasts. All times of scripts, documents and durations are seconds of the call, so that a
 * test need not wait for them; only HTTP requests have real time-outs. A test that acts on a ringing phone itself, instead
 * of giving it a script, needs the real pace: else the ringing is over before the test looks.
 */
public final class Pace {

    private static final double NANOS = 1_000_000_000d;

    private volatile double factor = 1;

    /** At first a second of a call lasts a second. */
    public Pace() {}

    /** Sets how long a second of every call lasts; it also applies to calls that wait already, from their next step. */
    public void secondLasts(Duration real) {
        factor = real.toNanos() / NANOS;
    }

    Duration real(Duration ofCall) {
        return Duration.ofNanos((long) (ofCall.toNanos() * factor));
    }

    /** The seconds of the call between two moments, a begun one counted. */
    long seconds(Instant from, Instant to) {
        return (long) Math.ceil(Duration.between(from, to).toNanos() / NANOS / factor);
    }
}
