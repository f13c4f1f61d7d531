package dev.comuta.bench;

import org.HdrHistogram.Histogram;

/**
 * What a contender did in a round.
 *
 * @param perSecond accepted per second
 * @param accepted committed transactions, or requests answered 200
 * @param refused requests answered anything else
 * @param latencies of what was accepted, in microseconds
 * @param refusals how long what was refused took to be refused, in microseconds
 */
record Measured(double perSecond, long accepted, long refused, Histogram latencies, Histogram refusals) {

    private static final int DIGITS = 3;
    private static final double MICROS_PER_MILLI = 1000;

    /** A contender that told nothing of what it refused. */
    Measured(double perSecond, long accepted, long refused, Histogram latencies) {
        this(perSecond, accepted, refused, latencies, newHistogram());
    }

    static Histogram newHistogram() {
        return new Histogram(DIGITS);
    }

    double refusalMillis(double percentile) {
        return refusals.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }

    double millis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }
}
