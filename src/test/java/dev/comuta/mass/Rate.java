package dev.comuta.mass;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The rate of the first requests, which only the limit of the number delays, and the most requests in one second.
 *
 * @param perSecond requests per second between the first and the last of the counted ones
 */
record Rate(double perSecond, int peak) {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /**
     * Measures requests.
     *
     * @param times when they arrived, in their order
     * @param counted how many of the first ones give the rate
     */
    Rate(List<Instant> times, int counted) {
        this(rate(times.subList(0, Math.min(counted, times.size()))), peak(times));
    }

    private static double rate(List<Instant> times) {
        return times.size() < 2
                ? 0
                : (times.size() - 1)
                        * 1e3
                        / Duration.between(times.getFirst(), times.getLast()).toMillis();
    }

    private static int peak(List<Instant> times) {
        Deque<Instant> second = new ArrayDeque<>();
        int peak = 0;
        for (Instant time : times) {
            second.addLast(time);
            while (!second.getFirst().isAfter(time.minus(SECOND))) {
                second.removeFirst();
            }
            peak = Math.max(peak, second.size());
        }
        return peak;
    }
}
