package dev.comuta.bench;

import java.time.Duration;

/**
 * The parts of a soak: a warm-up, a window before the restarts, the restarts, and the last third.
 *
 * @param time length of the soak
 */
record SoakWindows(Duration time) {

    Duration restartOfServer() {
        return time.multipliedBy(4).dividedBy(10);
    }

    Duration restartOfBroker() {
        return time.multipliedBy(6).dividedBy(10);
    }

    /** Minutes 5 to 10 of 30. */
    boolean isBefore(Duration at) {
        return at.compareTo(time.dividedBy(6)) >= 0 && at.compareTo(time.dividedBy(3)) < 0;
    }

    /** Minutes 20 to 30 of 30. */
    boolean isAfter(Duration at) {
        return at.compareTo(time.multipliedBy(2).dividedBy(3)) >= 0;
    }
}
